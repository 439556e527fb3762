# Aula Abierta. «make» muestra las órdenes; hacen falta Python 3.11 o posterior y nada más.
PYTHON ?= python3
RUN := $(PYTHON) deploy/run.py
export PORT HOST

.DEFAULT_GOAL := help
.PHONY: help demo test setup lint format bench messages

help:  ## muestra estas órdenes
	@grep -E '^[a-z-]+: +##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+): +## (.*)/  make \1\t\2/' | expand -t 18

demo:  ## instala lo que falte y ejecuta la demostración (PORT=8123 make demo: otro puerto)
	@exec $(RUN) demo

test:  ## todas las revisiones y pruebas (ARGS="tests/plan -k x": solo pytest con eso)
	@exec $(RUN) test $(ARGS)

setup:  ## instala lo necesario para ejecutar y desarrollar
	@exec $(RUN) setup

lint:  ## estilo, capas, tipos y plantillas
	@exec $(RUN) lint

format:  ## reescribe código y plantillas con el estilo del proyecto
	@exec $(RUN) format

bench:  ## mediciones: de las páginas, o ARGS="pages", "lrs", "rosters", "notices", "hr", "coverage" y lo que sigue
	@exec $(RUN) bench $(ARGS)

messages:  ## reúne los textos de la interfaz en lms/locale y compila sus traducciones
	@exec $(RUN) messages
