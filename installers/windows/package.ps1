# Makes what a Windows user installs. NEVER RUN: written from the documentation of jlink and jpackage, on a machine without Windows.
#   package.ps1 -Version V -Jars FOLDER -Bundles FOLDER
# Jars: every jar of bridge and its libraries (mvn -pl bridge -am package, then bridge\target\*.jar and bridge\target\lib).
# Bundles: continuo.clap and Continuo.vst3 for Windows, which Linux builds (native-shim/build --windows).
# Wanted: a JDK 17 or newer with jmods in JAVA_HOME; for the .msi WiX 3 in PATH, as jpackage says. Writes installers\target.
param([string]$Version, [string]$Jars, [string]$Bundles)
$ErrorActionPreference = "Stop"
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
$top = Resolve-Path "$here\..\.."
$target = "$top\installers\target"
$work = "$target\windows"
$Version = $Version -replace "-SNAPSHOT", ""
if (-not (Test-Path "$env:JAVA_HOME\jmods")) { throw "JAVA_HOME names no JDK with jmods: install one (winget install EclipseAdoptium.Temurin.17.JDK)" }
foreach ($plugin in "continuo.clap", "Continuo.vst3") {
    if (-not (Test-Path "$Bundles\$plugin")) { throw "no $plugin in $Bundles; build it on Linux: native-shim/build --windows" }
}
Remove-Item -Recurse -Force $work -ErrorAction SilentlyContinue
New-Item -ItemType Directory -Force "$work\input\native", "$work\continuo-$Version-windows-x64" | Out-Null

# Jars, and the native code of Windows beside them.
Copy-Item "$Jars\*.jar" "$work\input"
function Thin($pattern, $folder, $drop) {
    $jar = (Get-Item "$work\input\$pattern").FullName
    $inside = New-Item -ItemType Directory "$work\jar"
    Push-Location $inside
    & "$env:JAVA_HOME\bin\jar" --extract --file $jar
    Copy-Item "$folder\*.dll" "$work\input\native"
    Get-ChildItem -Recurse -File | Where-Object { $_.Name -match $drop } | Remove-Item
    & "$env:JAVA_HOME\bin\jar" --create --file $jar --manifest META-INF\MANIFEST.MF .
    Pop-Location
    Remove-Item -Recurse -Force $inside
}
Thin "onnxruntime-*.jar" "ai\onnxruntime\native\win-x64" "\.(dll|so|dylib|yml|plist)$|^libonnxruntime"
Thin "jna-[0-9]*.jar" "com\sun\jna\win32-x86-64" "\.(dll|so|jnilib|a)$"

# Where `continuo doctor` names the workstations' scripts.
Copy-Item -Recurse "$top\installers\daw" "$work\input"

# The program: continuo.exe with a Java of its own. The plugin looks for it in %LOCALAPPDATA%\Continuo and %ProgramFiles%\Continuo.
$options = Get-Content "$top\installers\java-options" | Where-Object { $_ -match "^-" }
$arguments = @("--type", "app-image", "--name", "Continuo", "--app-version", $Version, "--vendor", "Continuo",
    "--input", "$work\input", "--dest", $work, "--main-jar", (Get-Item "$work\input\continuo-bridge-*.jar").Name,
    "--main-class", "org.continuo.bridge.cli.Continuo", "--win-console",
    "--add-modules", "java.base,java.desktop,java.logging,java.management,jdk.management,jdk.net,jdk.unsupported",
    "--java-options", "-Donnxruntime.native.path=`$APPDIR\native", "--java-options", "-Djna.boot.library.path=`$APPDIR\native",
    "--java-options", "-Djna.nounpack=true", "--java-options", "-Dcontinuo.home=`$APPDIR")
foreach ($option in $options) { $arguments += @("--java-options", $option) }
& "$env:JAVA_HOME\bin\jpackage" @arguments

# A folder to unpack anywhere, with what puts it in place.
$out = "$work\continuo-$Version-windows-x64"
Copy-Item -Recurse "$work\Continuo" "$out\Continuo"
Copy-Item -Recurse "$Bundles\continuo.clap", "$Bundles\Continuo.vst3" $out
Copy-Item -Recurse "$top\installers\daw", "$top\installers\examples" $out
Copy-Item "$top\LICENSE", "$top\installers\licences\*", "$top\engine\src\main\resources\org\continuo\engine\model\s\MODEL-CARD.md" $out
Copy-Item "$here\install.cmd" $out
Compress-Archive -Force $out "$target\continuo-$Version-windows-x64.zip"

# The .msi has the program alone: jpackage has no word for files outside of its folder; install.cmd puts the plugins in place.
if (Get-Command candle -ErrorAction SilentlyContinue) {
    & "$env:JAVA_HOME\bin\jpackage" --type msi --app-image "$work\Continuo" --name Continuo --app-version $Version --dest $target `
        --win-per-user-install --win-menu --license-file "$top\LICENSE"
}
