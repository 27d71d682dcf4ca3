#!/bin/sh
# 重算一次抽签，不用盒子里的任何程序：sh recompute_draw.sh 种子 课例号 课例号 …
# 印出抽出的顺序，一行一个：课例号，算出的数。
set -eu
seed=$1
shift
for no in "$@"; do
    printf '%s %s\n' "$(printf '%s\n%s' "$seed" "$no" | sha256sum | cut -d ' ' -f 1)" "$no"
done | LC_ALL=C sort | while read -r lot no; do printf '%s %s\n' "$no" "$lot"; done
