; The installer for Windows, for Inno Setup 6.3 or newer. `packaging/dev.py installer` calls its compiler and gives all
; names (/DName= and so on): they come from packaging/devkit/product.py and the version from pyproject.toml.

#ifndef Version
  #error Call it by "packaging/dev.py installer": names and version come from there.
#endif
#if Ver < EncodeVer(6, 3, 0)
  #error Inno Setup 6.3 or newer is needed.
#endif

[Setup]
; Never to be changed: by this an installation is found again and updated in its place.
AppId={{AACA92E5-6A06-4F8C-B9DA-26551D71196A}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Publisher}
VersionInfoVersion={#FourNumbers}
VersionInfoProductTextVersion={#Version}
DefaultDirName={autopf}\{#Name}
DisableDirPage=auto
DisableProgramGroupPage=yes
DisableWelcomePage=no
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesAssociations=yes
; By Windows' own means: the window is asked to close and may say no. Never "force".
CloseApplications=yes
RestartApplications=no
SetupLogging=yes
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\{#Exe}
UninstallDisplayName={#Name}
WizardStyle=modern
Compression=lzma2/max
SolidCompression=yes
LZMAUseSeparateProcess=yes
OutputDir={#Output}
OutputBaseFilename={#OutputName}
#ifdef Signed
SignTool=dispatch
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"
Name: "it"; MessagesFile: "compiler:Languages\Italian.isl"

[CustomMessages]
en.DayFile=Day of a dispatcher
de.DayFile=Tag einer Disposition
fr.DayFile=Journée de répartition
it.DayFile=Giornata di spedizione
en.Running={#Name} is still running. Close its window, then try again.
de.Running={#Name} läuft noch. Schließen Sie das Fenster und versuchen Sie es noch einmal.
fr.Running={#Name} est encore ouvert. Fermez sa fenêtre, puis réessayez.
it.Running={#Name} è ancora aperto. Chiuda la finestra e riprovi.
en.NotRolledOut={#Name} is installed, but the address of the shared store was not accepted. Give it as postgresql://server/database, without a password.
de.NotRolledOut={#Name} ist installiert, aber die Adresse der gemeinsamen Datenbank wurde nicht angenommen. Geben Sie sie als postgresql://server/database an, ohne Passwort.
fr.NotRolledOut={#Name} est installé, mais l'adresse de la base commune n'a pas été acceptée. Indiquez-la comme postgresql://server/database, sans mot de passe.
it.NotRolledOut={#Name} è installato, ma l'indirizzo del database comune non è stato accettato. Lo indichi come postgresql://server/database, senza password.
en.DataStays=The program is removed. Your data, backups and settings stay here:%n%n%1
de.DataStays=Das Programm ist entfernt. Ihre Daten, Sicherungen und Einstellungen bleiben hier:%n%n%1
fr.DataStays=Le programme est supprimé. Vos données, sauvegardes et réglages restent ici :%n%n%1
it.DataStays=Il programma è rimosso. I dati, i backup e le impostazioni restano qui:%n%n%1

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; What an older version brought and this one does not. Nothing of a user lies there.
Type: filesandordirs; Name: "{app}\{#Contents}"

[Files]
Source: "{#Source}\{#Exe}"; DestDir: "{app}"; Flags: ignoreversion
Source: "{#Source}\{#Command}"; DestDir: "{app}"; Flags: ignoreversion
Source: "{#Source}\{#Contents}\*"; DestDir: "{app}\{#Contents}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Exe}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Exe}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\{#Suffix}"; ValueType: string; ValueName: ""; ValueData: "{#FileType}"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\{#Suffix}\OpenWithProgids"; ValueType: string; ValueName: "{#FileType}"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\{#FileType}"; ValueType: string; ValueName: ""; ValueData: "{cm:DayFile}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#FileType}\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\{#Exe},0"
Root: HKA; Subkey: "Software\Classes\{#FileType}\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#Exe}"" ""%1"""

[Run]
Filename: "{app}\{#Exe}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
; What the program's command "workstation" wrote beside it, when it was rolled out.
Type: files; Name: "{app}\workstation.ini"

[Code]
const
  { IT sees this exit code: installed, but the store of /STORE= was not accepted. }
  NotRolledOut = 10;

var
  Answer: Integer;

function IsRunning(): Boolean;
var
  Stream: TFileStream;
begin
  Result := False;
  if not FileExists(ExpandConstant('{app}\{#Exe}')) then
    Exit;
  try
    { Windows gives nobody the file of a running program to write to. }
    Stream := TFileStream.Create(ExpandConstant('{app}\{#Exe}'), fmOpenReadWrite or fmShareExclusive);
    Stream.Free;
  except
    Result := True;
  end;
end;

procedure Tell(Message: String);
begin
  Log(Message);
  SuppressibleMsgBox(Message, mbError, MB_OK, IDOK);
end;

procedure RollOut();
var
  Words, Store: String;
  Code: Integer;
begin
  Words := 'workstation --language ' + ActiveLanguage();
  Store := ExpandConstant('{param:STORE|}');
  if Store <> '' then
    Words := Words + ' --use-store "' + Store + '"';
  if not Exec(ExpandConstant('{app}\{#Exe}'), Words, '', SW_HIDE, ewWaitUntilTerminated, Code) then
    Code := -1;
  if Code <> 0 then
  begin
    Answer := NotRolledOut;
    Tell(CustomMessage('NotRolledOut'));
  end;
end;

procedure CurStepChanged(CurStep: TSetupStep);
begin
  if (CurStep = ssInstall) and IsRunning() then
  begin
    { Before anything is removed: half a program would be worse than the old one. }
    Tell(CustomMessage('Running'));
    Abort;
  end;
  if CurStep = ssPostInstall then
    RollOut();
end;

function GetCustomSetupExitCode: Integer;
begin
  Result := Answer;
end;

function InitializeUninstall(): Boolean;
begin
  Result := not IsRunning();
  if not Result then
    Tell(CustomMessage('Running'));
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Folder, Message: String;
begin
  if CurUninstallStep <> usPostUninstall then
    Exit;
  Folder := '%LOCALAPPDATA%\{#Name}';
  if not IsAdminInstallMode() then
    Folder := ExpandConstant('{localappdata}\{#Name}');
  Message := FmtMessage(CustomMessage('DataStays'), [Folder]);
  Log(Message);
  if not UninstallSilent() then
    MsgBox(Message, mbInformation, MB_OK);
end;
