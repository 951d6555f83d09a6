# Everything a person types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
# What Python made of a module is kept: each of the many processes of the tests would make it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test check bench soak words

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/installed $(CATALOGUES) ## install what the program and its tests need

run: setup ## migrate, load the demo into an empty database, serve on http://127.0.0.1:8000
	@$(FLASK) db upgrade
	@$(FLASK) demo --if-empty
	@$(BIN)/python wsgi.py

check: setup ## the fast loop: format, lint, types, rules and services on SQLite, few examples each
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --hypothesis-profile quick tests/domain tests/services tests/queries tests/jobs tests/standing

test: setup ## everything: lint, types, all tests on SQLite, on PostgreSQL and in a browser
	@sh tests/browser/install_chromium.sh
	@sh tests/documents/install_libreoffice.sh
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 tests
	$(BIN)/pytest -n 2 --hypothesis-profile quick -m "not browser and not one_database" --database postgresql tests/services tests/queries tests/jobs tests/web tests/journeys tests/standing/test_migrations.py

bench: setup ## page and import timings as ratios to a baseline; ARGS=--quick for SQLite only
	$(BIN)/python -m tests.bench $(ARGS)

soak: setup ## long runs with many clients, on SQLite and PostgreSQL; ARGS="--posts 100" for shorter ones
	$(BIN)/python -m tests.soak $(ARGS)

words: setup ## find the words to translate and put them into the catalogues
	@mkdir -p build
	$(BIN)/pybabel --quiet extract -F translations/babel.cfg -k lazy_gettext -k N_ --no-location --omit-header -o build/messages.pot .
	$(BIN)/pybabel --quiet update -i build/messages.pot -d translations -w 120 --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

$(VENV)/installed: requirements.txt requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

%.mo: %.po $(VENV)/installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
