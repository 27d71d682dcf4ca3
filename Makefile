# Two commands: `make run` (DEMO=1 with sample lessons) and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq
TESTS ?= tests
OCR ?= 1
BOARD ?= pc
export PYTHON DEMO

.PHONY: help fuzz install install-dev run test test-slow test-units test-nspawn update-file lint bench screenshot pictures rules-page clauses quality clean packages packages-dev hardness schedules soak image test-image test-power test-kiosk test-reproducible

help:
	@echo 'make run [DEMO=1]  install what is missing; start a county and a city station in ./var'
	@echo 'make test          install what is missing; lint, types and all quick tests (TESTS=tests/store for some)'
	@echo 'make test-slow     the tests marked slow'
	@echo 'make install       only install: $(BIN)/lessonbox; OCR=0 leaves out what reads title cards (300 MB)'
	@echo 'make test-units    what systemd says of each unit, and sticks as loop devices with the real mounter (as root)'
	@echo 'make test-nspawn   the installed box under a real systemd in a container over this machine (as root)'
	@echo 'make update-file   VERSION=… KEY=… out of build/image: a signed update for boxes that run an image (BOARD=pc)'
	@echo 'make lint          ruff, import rules, mypy'
	@echo 'make bench         ratios against cp, sha256sum, mediainfo and bagit; memory; page times (SECTION=check for one)'
	@echo 'make screenshot    docs/screenshot.png anew, of two boxes of its own'
	@echo 'make pictures      the pictures of the manuals and of 帮助 anew (web/static/help, docs)'
	@echo 'make rules-page    docs/rules.md anew, after a change of the edition'
	@echo 'make clauses       for each clause of the notice, what decides it and the tests that show it'
	@echo 'make quality       labelled materials against the real probes and rules, as a table; MediaConch beside it'
	@echo 'make hardness      for each fault and hostile input, how its tests ended here (ONLY="F1 H2" for some)'
	@echo 'make fuzz          changed films and documents against the probes: 5,000 walks, 400 whole checks of each (more than an hour)'
	@echo 'make schedules     1,000 random schedules of drops, pulls, changes and kills (SCHEDULES=5000 for more)'
	@echo 'make soak          a month of a county in minutes, with kills (SOAK_LESSONS=500, SOAK_SEED=…)'
	@echo 'make image         the installable image for a PC into build/image (BOARD=pi4; KEYS=key.pem: whose updates it takes; as root)'
	@echo 'make test-image    that image in qemu: first start, sticks, rollback, what can be seen from outside'
	@echo 'make test-kiosk    what its own screen shows, read off the picture; pictures in build/image/pictures'
	@echo 'make test-reproducible  that image once more, and the two roots compared byte by byte'
	@echo 'make test-power    the power cut at 220 places of intake, checks and decisions (CUTS=500 for more)'
	@echo 'make clean         remove $(VENV) and caches; ./var with its lessons stays'

run: install $(if $(DEMO),install-dev)
	@exec $(BIN)/python -m tests.demo

test: install-dev lint
	$(BIN)/python -m pytest -n 2 --dist loadfile -m 'not slow' $(TESTS)

test-slow: install-dev
	$(BIN)/python -m pytest -m 'slow and not image' $(TESTS)

# -rs prints why something was skipped: a missing tool, no root, no loop device.
test-units: install-dev
	$(BIN)/python -m pytest -rs tests/systemd tests/box

test-nspawn: install-dev
	$(BIN)/python -m pytest -rs tests/nspawn

# What `make image` left in build/image; the boot files of slot A are taken out of the boot partition.
IMAGE := build/image
update-file: install
	@test -n '$(VERSION)' -a -n '$(KEY)' || { echo 'make update-file VERSION=2024.11.2 KEY=file' >&2; exit 2; }
	rm -rf $(IMAGE)/update-$(BOARD) && mkdir $(IMAGE)/update-$(BOARD)
	mcopy -i $(IMAGE)/work-$(BOARD)/boot.img '::/a/*' $(IMAGE)/update-$(BOARD)/
	$(BIN)/lessonbox update make $(IMAGE)/lessonbox-$(BOARD)-$(VERSION).lessonbox-update --board $(BOARD) \
	  --root $(IMAGE)/lessonbox-$(BOARD).root.erofs --boot $(IMAGE)/update-$(BOARD) --version '$(VERSION)' \
	  $(if $(FLOOR),--floor '$(FLOOR)') --notes '$(NOTES)' --key '$(KEY)' $(if $(KEY2),--key '$(KEY2)')

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

bench: install-dev
	$(BIN)/python -m tests.bench $(SECTION)

screenshot: install-dev
	$(BIN)/python -m tests.screenshot docs/screenshot.png

pictures: install-dev
	$(BIN)/python -m tests.web.help_pictures web/static/help
	$(BIN)/python -m tests.web.first_pictures docs

install: packages $(VENV)/.run-installed $(if $(filter 0,$(OCR)),,$(VENV)/.ocr-installed)

install-dev: packages-dev $(VENV)/.dev-installed

# Cheap when nothing is missing, so it is asked every time.
packages:
	@image-build/install-packages.sh run $(if $(DEMO),demo)

packages-dev:
	@image-build/install-packages.sh run share demo test box

$(VENV)/.run-installed: requirements/run.txt pyproject.toml | packages
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'LessonBox needs Python 3.11 or newer; name one: make $(MAKECMDGOALS) PYTHON=python3.11' >&2; exit 1; }
	@echo 'installing Python packages (requirements/run.txt) into $(VENV)'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes --only-binary :all: -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ocr-installed: requirements/ocr.txt $(VENV)/.run-installed
	@echo 'installing what reads title cards (requirements/ocr.txt) into $(VENV)'
	@$(PIP) --require-hashes --only-binary :all: -r requirements/ocr.txt
	@touch $@

# bagit, the reference that our bundles are checked with, comes as source only.
$(VENV)/.dev-installed: requirements/dev.txt $(VENV)/.run-installed | packages-dev
	@echo 'installing Python packages (requirements/dev.txt) into $(VENV)'
	@$(PIP) --require-hashes --only-binary :all: --no-binary bagit -r requirements/dev.txt
	@touch $@

# A throwaway pair for trying updates in qemu: make image KEYS=build/image/try.pem
build/image/try.pem: | install
	mkdir -p build/image && $(BIN)/lessonbox update key build/image/try.key

# Root, because the image's files belong to several users. MIRROR=address names another source of Debian's packages;
# KEYS='a.pem b.pem' the public keys whose updates the box takes.
image: install $(KEYS)
	@image-build/install-packages.sh build $(if $(filter pc,$(BOARD)),,pi)
	nice -n 15 $(if $(filter 0,$(shell id -u)),,sudo --preserve-env=MIRROR) $(BIN)/python image-build/build.py $(BOARD) $(KEYS:%=--key %)

# The whole way twice, from the packages on; the read-only root must come out the same to the byte.
test-reproducible: image
	nice -n 15 $(if $(filter 0,$(shell id -u)),,sudo --preserve-env=MIRROR) \
	  $(BIN)/python image-build/build.py $(BOARD) $(KEYS:%=--key %) --out build/image-again
	cmp build/image/lessonbox-$(BOARD).root.erofs build/image-again/lessonbox-$(BOARD).root.erofs

test-image: install install-dev
	@image-build/install-packages.sh build try
	$(BIN)/python -m pytest -m image tests/image

test-kiosk: install install-dev
	@image-build/install-packages.sh try
	$(BIN)/python -m pytest -rs -m image tests/image/test_kiosk.py

test-power: install-dev
	@image-build/install-packages.sh try
	$(BIN)/python -m pytest -m slow tests/image/power

rules-page: install-dev
	$(BIN)/python -m tests.structure.rules_page > docs/rules.md

clauses: install-dev
	$(BIN)/python -m tests.quality.clauses

quality: install-dev
	$(BIN)/python -m tests.quality
	$(BIN)/python -m tests.quality.mediaconch

hardness: install-dev
	$(BIN)/python -m tests.faults.hardness $(ONLY)

fuzz: install-dev
	$(BIN)/python -m pytest -q -m slow --durations=5 tests/probes/test_fuzz_documents.py tests/probes/test_fuzz_video.py

schedules: install-dev
	$(BIN)/python -m pytest -q -m slow tests/faults/test_schedules.py

soak: install-dev
	$(BIN)/python -m pytest -q -m slow tests/faults/test_soak.py

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
