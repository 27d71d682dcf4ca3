#!/bin/sh
# Runs inside cage: turns the screen as the settings say, then shows the box's own pages and nothing else. What the
# browser may do stands in its policy file, not here.
turn=$(cat /run/lessonbox/screen/rotation 2>/dev/null || echo 0)
if [ "$turn" != 0 ]; then
  for output in $(wlr-randr | sed -n 's/^\([^ ]*\) .*/\1/p'); do wlr-randr --output "$output" --transform "$turn"; done
fi
# Its profile lies in memory: who has signed in is forgotten with the power.
exec chromium --kiosk --ozone-platform=wayland --no-first-run --lang=zh-CN --disable-pinch \
  --overscroll-history-navigation=0 --user-data-dir="${RUNTIME_DIRECTORY:?}/profile" $LESSONBOX_BROWSER \
  "${LESSONBOX_SCREEN:-http://127.0.0.1:8080/screen}"
