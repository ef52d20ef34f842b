@echo off
rem Installs Continuo for you alone: the program into %LOCALAPPDATA%\Continuo, the plugins where hosts look. Tried in Wine alone.
rem   install.cmd            install.cmd --remove takes it away; what you played (%USERPROFILE%\.continuo\takes) stays
setlocal
set "plugins=%LOCALAPPDATA%\Programs\Common"
if "%1"=="--remove" goto remove
rem Called within the zip, it stands alone in a folder for temporary files.
if not exist "%~dp0Continuo\Continuo.exe" echo install: there is no program beside it; unpack the whole zip, then run it from there & exit /b 1
rem What is open cannot be replaced; robocopy would try a million times, every half a minute.
robocopy "%~dp0Continuo" "%LOCALAPPDATA%\Continuo" /mir /r:2 /w:1 /njh /njs /ndl /nfl >nul
if errorlevel 8 echo install: the program cannot be copied; end what runs of Continuo & exit /b 1
if not exist "%plugins%\CLAP" mkdir "%plugins%\CLAP"
if not exist "%plugins%\VST3" mkdir "%plugins%\VST3"
copy /y "%~dp0continuo.clap" "%plugins%\CLAP" >nul
if errorlevel 1 echo install: the CLAP plugin cannot be copied; end the workstation that has it open & exit /b 1
robocopy "%~dp0Continuo.vst3" "%plugins%\VST3\Continuo.vst3" /mir /r:2 /w:1 /njh /njs /ndl /nfl >nul
if errorlevel 8 echo install: the VST3 plugin cannot be copied; end the workstation that has it open & exit /b 1
rem ONNX Runtime would send figures about its use: not here. A step over a long context is faster the other way.
setx ORT_DISABLE_TELEMETRY 1 >nul
setx ORT_GQA_DISABLE_FLASH_ATTENTION 1 >nul
echo Continuo is installed. Try: "%LOCALAPPDATA%\Continuo\Continuo.exe" doctor
exit /b 0
:remove
del "%plugins%\CLAP\continuo.clap" >nul 2>nul
rmdir /s /q "%plugins%\VST3\Continuo.vst3" >nul 2>nul
rmdir /s /q "%LOCALAPPDATA%\Continuo" >nul 2>nul
reg delete HKCU\Environment /f /v ORT_DISABLE_TELEMETRY >nul 2>nul
reg delete HKCU\Environment /f /v ORT_GQA_DISABLE_FLASH_ATTENTION >nul 2>nul
set left=
for %%f in ("%plugins%\CLAP\continuo.clap" "%plugins%\VST3\Continuo.vst3" "%LOCALAPPDATA%\Continuo") do if exist %%f call :remains %%f
if defined left exit /b 1
echo Continuo is gone.
exit /b 0
:remains
set left=yes
echo install: %1 remains; end what has it open, then install.cmd --remove again
