@rem What Maven calls on Windows (-Pinstallers); package.ps1 says what it wants. Never run.
@powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0package.ps1" -Version %1 -Jars %2 -Bundles "%~dp0..\..\native-shim\target\windows\bundles"
