@echo off
rem Between the Lines: sets everything up in this folder, once, and opens the lessons. Needs Python 3.11 or newer.
rem "start.bat check" checks the lessons instead.
setlocal
cd /d "%~dp0"

set "PYTHON="
for %%p in ("py -3" "python" "python3") do (
    if not defined PYTHON (
        %%~p -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PYTHON=%%~p"
    )
)
if not defined PYTHON (
    echo Python 3.11 or newer is needed. Get it from https://www.python.org/downloads/ and start again.
    pause
    exit /b 1
)

if exist .venv\ready goto ready
echo Setting up (once, one to three minutes; this needs the internet) ...
%PYTHON% -m venv .venv
if errorlevel 1 (
    echo This Python cannot make virtual environments. Install it anew from https://www.python.org/downloads/
    pause
    exit /b 1
)
.venv\Scripts\python -m pip install --disable-pip-version-check --quiet --only-binary :all: --require-hashes -r requirements.txt
if errorlevel 1 (
    echo The download failed. Is this computer online? Start again: what has been downloaded is kept.
    pause
    exit /b 1
)
echo ready> .venv\ready

:ready
set "PYTHONPATH=%CD%"
if "%~1"=="" (
    .venv\Scripts\python -m kit lab
) else (
    .venv\Scripts\python -m kit %*
)
