<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AuditRows</name>
    <message>
        <location filename="../../plugin/gui/audit.py"/>
        <source>Audit this threshold</source>
        <translation>Diesen Schwellwert prüfen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/audit.py"/>
        <source>Find the fastest with at most</source>
        <translation>Den schnellsten finden mit höchstens</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/audit.py"/>
        <source>Runs the full network on {} blocks of this raster, drawn by lot, and says what at most differs over all of them.
It compares with the full network, never with the truth. 95 % is the chance of one audit: whoever tries many until one pleases has less.</source>
        <translation>Lässt das volle Netz auf {} ausgelosten Blöcken dieses Rasters laufen und sagt, was über alle Blöcke höchstens abweicht.
Verglichen wird mit dem vollen Netz, nie mit der Wahrheit. 95 % gelten für eine Prüfung: Wer viele versucht, bis eine gefällt, hat weniger.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/audit.py"/>
        <source>Share of pixels that may differ</source>
        <translation>Anteil der Pixel, der abweichen darf</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/audit.py"/>
        <source>The slider goes to the fastest threshold that changes at most this share.</source>
        <translation>Der Regler geht zum schnellsten Schwellwert, der höchstens diesen Anteil ändert.</translation>
    </message>
</context>
<context>
    <name>AuditRun</name>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Allowed share</source>
        <translation>Erlaubter Anteil</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Audit of {}</source>
        <translation>Prüfung von {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Audit run</source>
        <translation>Lauf prüfen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Blocks drawn</source>
        <translation>Ausgeloste Blöcke</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Compared with the full network, never with the truth.</source>
        <translation>Verglichen mit dem vollen Netz, nie mit der Wahrheit.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Differs at most</source>
        <translation>Weicht höchstens ab</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Differs in the sample</source>
        <translation>Weicht in der Stichprobe ab</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Raster</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Run folder</source>
        <translation>Ordner des Laufs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Runs the full network on up to {} blocks of a kept run, drawn by lot, and says which share of the pixels differs from full depth: as these blocks show it, and at most over all blocks, {} % sure. It compares with the full network, never with the truth.

Run folder: of a run that is finished at this threshold. Raster and model have to be where they were.
Threshold: in nats; without it, the one that the run was made for.
Allowed share: instead of auditing the threshold, find the fastest one that changes at most this share of the pixels, like 0.01. It is looked for in the same sample.

Report: what was found, as one page of HTML. The numbers are shares from 0 to 1; the chance of {} % is that of one audit, not of many until one pleases.</source>
        <translation>Lässt das volle Netz auf bis zu {} ausgelosten Blöcken eines aufbewahrten Laufs laufen und sagt, welcher Anteil der Pixel von der vollen Tiefe abweicht: nach diesen Blöcken und, zu {} % sicher, höchstens über alle Blöcke. Verglichen wird mit dem vollen Netz, nie mit der Wahrheit.

Ordner des Laufs: eines Laufs, der mit diesem Schwellwert fertig ist. Raster und Modell müssen da liegen, wo sie waren.
Schwellwert: in nat; ohne ihn der, für den der Lauf gemacht wurde.
Erlaubter Anteil: statt den Schwellwert zu prüfen, den schnellsten finden, der höchstens diesen Anteil der Pixel ändert, etwa 0.01. Gesucht wird in derselben Stichprobe.

Bericht: was gefunden wurde, als eine Seite HTML. Die Zahlen sind Anteile von 0 bis 1; die {} % gelten für eine Prüfung, nicht für viele, bis eine gefällt.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Share that differs, at most</source>
        <translation>Anteil, der abweicht, höchstens</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Share that differs, in the sample</source>
        <translation>Anteil, der abweicht, in der Stichprobe</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>The fastest threshold that changes at most {} of the pixels: {:.4f} nats. </source>
        <translation>Der schnellste Schwellwert, der höchstens {} der Pixel ändert: {:.4f} nat. </translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>The model {} has one exit, so there is nothing that leaves early.</source>
        <translation>Das Modell {} hat einen Ausgang, also tritt nichts früh aus.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Threshold</source>
        <translation>Schwellwert</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Threshold (nats)</source>
        <translation>Schwellwert (nat)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Threshold that this holds for (nats)</source>
        <translation>Schwellwert, für den das gilt (nat)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>What was found, in words</source>
        <translation>Was gefunden wurde, in Worten</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>nats</source>
        <translation>nat</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>{} block(s) of the run wait for their exit at this threshold. Run Segment raster with the same settings and folder, then audit.</source>
        <translation>{} Blöcke des Laufs warten bei diesem Schwellwert auf ihren Ausgang. Starten Sie „Raster segmentieren“ mit denselben Einstellungen und demselben Ordner, und prüfen Sie dann.</translation>
    </message>
</context>
<context>
    <name>BandChooser</name>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>&amp;Sensor</source>
        <translation>&amp;Sensor</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>&amp;Values</source>
        <translation>&amp;Werte</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>Choose under Bands and values what the numbers of this raster mean.</source>
        <translation>Wählen Sie unter Bänder und Werte, was die Zahlen dieses Rasters bedeuten.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>Choose under Bands and values which band is {}.</source>
        <translation>Wählen Sie unter Bänder und Werte, welches Band {} ist.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>Every band is missing: choose at least one under Bands and values.</source>
        <translation>Alle Bänder fehlen: Wählen Sie unter Bänder und Werte mindestens eines.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>What a number stored in the raster means</source>
        <translation>Was eine im Raster gespeicherte Zahl bedeutet</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>Which satellite took the picture; another choice proposes bands and values anew</source>
        <translation>Welcher Satellit das Bild aufnahm; eine andere Wahl schlägt Bänder und Werte neu vor</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>Without {} the model makes more mistakes.</source>
        <translation>Ohne {} macht das Modell mehr Fehler.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>band {}</source>
        <translation>Band {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>band {} for all</source>
        <translation>Band {} für alle</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>choose ...</source>
        <translation>wählen ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>no {}</source>
        <translation>kein {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>not recognised</source>
        <translation>nicht erkannt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>{} to {} nm</source>
        <translation>{} bis {} nm</translation>
    </message>
</context>
<context>
    <name>BlinkRow</name>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source> nats</source>
        <translation> nat</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source>Blink with</source>
        <translation>Blinken mit</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source>Second threshold in nats</source>
        <translation>Zweiter Schwellwert in nat</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source>Show the slider's threshold and this one in turn, from what is known; computes nothing</source>
        <translation>Zeigt abwechselnd den Schwellwert des Reglers und diesen, soweit bekannt; rechnet nichts</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source>shown: the slider's</source>
        <translation>gezeigt: der des Reglers</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source>shown: this</source>
        <translation>gezeigt: dieser</translation>
    </message>
</context>
<context>
    <name>CloudRows</name>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>A tile is skipped where more of its pixels are cloudy</source>
        <translation>Eine Kachel wird ausgelassen, wo mehr ihrer Pixel bewölkt sind</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>C&amp;louds</source>
        <translation>Wo&amp;lken</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Choose a cloud mask that is a file, or compute all tiles.</source>
        <translation>Wählen Sie eine Wolkenmaske, die eine Datei ist, oder rechnen Sie alle Kacheln.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Clou&amp;dy values</source>
        <translation>Wolkenw&amp;erte</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Cloud mas&amp;k</source>
        <translation>W&amp;olkenmaske</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Cloudy values must be whole numbers with commas between them, like 1,2.</source>
        <translation>Wolkenwerte müssen ganze Zahlen mit Kommas dazwischen sein, wie 1,2.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Compute all tiles</source>
        <translation>Alle Kacheln rechnen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Find clouds first, skip cloudy tiles</source>
        <translation>Zuerst Wolken finden, bewölkte Kacheln auslassen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Say which values of the cloud mask are clouds, like 1,2.</source>
        <translation>Geben Sie an, welche Werte der Wolkenmaske Wolken sind, etwa 1,2.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Skip a&amp;bove</source>
        <translation>Auslassen ü&amp;ber</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Skip those that a mask calls cloudy</source>
        <translation>Die auslassen, die eine Maske bewölkt nennt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Skip those that the recipe names</source>
        <translation>Die auslassen, die das Rezept nennt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Skipped tiles are nodata in the result and counted apart</source>
        <translation>Ausgelassene Kacheln haben im Ergebnis keine Daten und werden getrennt gezählt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>The chosen model finds clouds itself: compute all tiles.</source>
        <translation>Das gewählte Modell findet selbst Wolken: Rechnen Sie alle Kacheln.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Values of the mask that are clouds, with commas between them</source>
        <translation>Werte der Maske, die Wolken sind, mit Kommas dazwischen</translation>
    </message>
</context>
<context>
    <name>DetectClouds</name>
    <message>
        <location filename="../../plugin/processing/clouds.py"/>
        <source>Cloud shadows, % of the valid pixels</source>
        <translation>Wolkenschatten, % der gültigen Pixel</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/clouds.py"/>
        <source>Detect clouds</source>
        <translation>Wolken finden</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/clouds.py"/>
        <source>Finds clouds in a Landsat or Sentinel-2 scene and says which share of it they cover. It is Segment raster with the model of clouds, whose bands may be missing: the more of blue, green, red, NIR, SWIR1 and SWIR2 there are, the better. Of cloud shadows a fifth is found so far: see the model card.

Bands: for blue, green, red, nir, swir1, swir2 the number of the raster's band, like 2,3,4,8,11,12; 0 where one is missing. Empty: by their names.
Values: what the stored numbers mean, as in Segment raster: unit, file, sentinel2, sentinel2_offset, landsat_l1 or landsat_l2. automatic: as the raster's name or header says.
Threshold, extent, tile, compute with, run folder: as in Segment raster.

Mask: 0 clear, 1 thin cloud, 2 cloud, 3 cloud shadow, 255 where there is no data. Entropy and polygons: as in Segment raster. Cloud cover is that of thin cloud and cloud together. Cover, of shadows and of each class too, is in percent of the pixels that hold data.</source>
        <translation>Findet Wolken in einer Szene von Landsat oder Sentinel-2 und sagt, welchen Anteil sie bedecken. Es ist „Raster segmentieren“ mit dem Wolkenmodell, dessen Bänder fehlen dürfen: je mehr von Blau, Grün, Rot, NIR, SWIR1 und SWIR2 da sind, desto besser. Von Wolkenschatten wird bisher ein Fünftel gefunden: siehe die Modellkarte.

Bänder: für blue, green, red, nir, swir1, swir2 die Nummer des Bandes im Raster, wie 2,3,4,8,11,12; 0, wo eines fehlt. Leer: nach ihren Namen.
Werte: was die gespeicherten Zahlen bedeuten, wie bei „Raster segmentieren“: unit, file, sentinel2, sentinel2_offset, landsat_l1 oder landsat_l2. automatic: wie Name oder Kopf des Rasters sagen.
Schwellwert, Ausdehnung, Kachel, Rechnen mit, Ordner des Laufs: wie bei „Raster segmentieren“.

Maske: 0 klar, 1 dünne Wolke, 2 Wolke, 3 Wolkenschatten, 255 ohne Daten. Entropie und Polygone: wie bei „Raster segmentieren“. Die Wolkenbedeckung ist die von dünnen und dichten Wolken zusammen. Die Bedeckung, auch von Schatten und jeder Klasse, steht in Prozent der Pixel mit Daten.</translation>
    </message>
</context>
<context>
    <name>DeviceRows</name>
    <message>
        <location filename="../../plugin/gui/device.py"/>
        <source>Compute &amp;with</source>
        <translation>Re&amp;chnen mit</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/device.py"/>
        <source>Runs on {}, if that works</source>
        <translation>Läuft auf {}, wenn das geht</translation>
    </message>
</context>
<context>
    <name>DockWidgets</name>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>&amp;Extent</source>
        <translation>&amp;Ausdehnung</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>&amp;Raster</source>
        <translation>&amp;Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>&amp;Tile</source>
        <translation>&amp;Kachel</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Add the file to the project</source>
        <translation>Die Datei zum Projekt hinzufügen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Audit</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Bands and values</source>
        <translation>Bänder und Werte</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Entropy in nats as GeoTIFF, with its colours</source>
        <translation>Entropie in nat als GeoTIFF, mit ihren Farben</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Estimated from places that the model was not trained on; your raster may differ</source>
        <translation>Geschätzt an Orten, auf denen das Modell nicht trainiert wurde; Ihr Raster kann anders sein</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Exit threshold</source>
        <translation>Schwellwert der Ausgänge</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Exits</source>
        <translation>Ausgänge</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Folder for the results</source>
        <translation>Ordner für die Ergebnisse</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Heatmap ...</source>
        <translation>Heatmap ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Help (F1)</source>
        <translation>Hilfe (F1)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Look closer</source>
        <translation>Genauer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Map, areas, exits, audit, parameters and versions on one page (HTML) that needs nothing else</source>
        <translation>Karte, Flächen, Ausgänge, Prüfung, Parameter und Versionen auf einer Seite (HTML), die sonst nichts braucht</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Mask ...</source>
        <translation>Maske ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Open a scene of many files (.SAFE, Landsat with MTL.txt, folder of bands) as one raster</source>
        <translation>Eine Szene aus vielen Dateien (.SAFE, Landsat mit MTL.txt, Ordner mit Bändern) als ein Raster öffnen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Open scene</source>
        <translation>Szene öffnen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Open the help page, which lies on this computer, in the browser</source>
        <translation>Die Hilfeseite, die auf diesem Rechner liegt, im Browser öffnen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Polygons ...</source>
        <translation>Polygone ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Raster and model</source>
        <translation>Raster und Modell</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Recent ...</source>
        <translation>Letzte ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Recent runs: show, repeat or change one, find its folder, delete it</source>
        <translation>Letzte Läufe: einen zeigen, wiederholen oder ändern, seinen Ordner finden, ihn löschen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Repeat ...</source>
        <translation>Wiederholen ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Report ...</source>
        <translation>Bericht ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Results &amp;in</source>
        <translation>Ergebnisse &amp;in</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Review</source>
        <translation>Durchsicht</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Run again what a recipe says: recipe.json lies in the folder of every run</source>
        <translation>Noch einmal laufen lassen, was ein Rezept sagt: recipe.json liegt im Ordner jedes Laufs</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Side of what is computed at once: large tiles are faster, small ones need less memory</source>
        <translation>Seite dessen, was auf einmal gerechnet wird: Große Kacheln sind schneller, kleine brauchen weniger Speicher</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Skip empty areas by a coarse look</source>
        <translation>Leere Flächen nach einem groben Blick auslassen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>The classes as polygons along pixel edges (GeoPackage), with area and certainty</source>
        <translation>Die Klassen als Polygone entlang der Pixelkanten (GeoPackage), mit Fläche und Sicherheit</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>What explains the threshold</source>
        <translation>Was den Schwellwert erklärt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>What the mask shows as GeoTIFF, with its colours</source>
        <translation>Was die Maske zeigt, als GeoTIFF mit ihren Farben</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
</context>
<context>
    <name>EngineError</name>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>Another run is writing into {path} right now. Wait until it has ended, or cancel it, then try again.</source>
        <translation>In {path} schreibt gerade ein anderer Lauf. Warten Sie, bis er fertig ist, oder brechen Sie ihn ab, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>It is not known what the numbers of {name} mean. Choose it under Values; in toolbox and Python VALUES and values= take one of {known} for this model.</source>
        <translation>Es ist nicht bekannt, was die Zahlen von {name} bedeuten. Wählen Sie es unter Werte; in Werkzeugkiste und Python nehmen VALUES und values= für dieses Modell eines von {known}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>Read as "{choice}", {name} would hold reflectances from {low} to {high}, where 0 to 1 is natural. Choose another entry of Values (in Python values=).</source>
        <translation>Als „{choice}“ gelesen enthielte {name} Reflexionsgrade von {low} bis {high}; natürlich sind 0 bis 1. Wählen Sie bei Werte einen anderen Eintrag (in Python values=).</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The Dask scheduler {address} cannot be used: {reason}. What was done before is kept: start again, and the collection goes on from there.</source>
        <translation>Der Dask-Scheduler {address} ist nicht zu gebrauchen: {reason}. Was vorher fertig wurde, bleibt erhalten: Starten Sie erneut, dann geht die Sammlung von dort weiter.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The bands of {name} do not fit together: {reason}. Bring them to one coordinate system and extent with Raster &gt; Projections &gt; Warp, or take the file that does not belong out of the folder.</source>
        <translation>Die Bänder von {name} passen nicht zusammen: {reason}. Bringen Sie sie mit Raster &gt; Projektionen &gt; Transformieren auf ein Koordinatensystem und eine Ausdehnung, oder nehmen Sie die Datei, die nicht dazugehört, aus dem Ordner.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The extent lies outside of the results of {name}, so there is nothing to export. Move the map or choose another extent.</source>
        <translation>Die Ausdehnung liegt außerhalb der Ergebnisse von {name}, also gibt es nichts zu exportieren. Verschieben Sie die Karte, oder wählen Sie eine andere Ausdehnung.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The model file {path} is damaged: {reason}. Nothing was run. Install Exitwise again, or choose another model.</source>
        <translation>Die Modelldatei {path} ist beschädigt: {reason}. Es wurde nichts gerechnet. Installieren Sie Exitwise neu, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The model file {path} is missing. Install Exitwise again, or choose another model.</source>
        <translation>Die Modelldatei {path} fehlt. Installieren Sie Exitwise neu, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The model {name} has no gate, so it cannot skip empty areas by a coarse look. Switch that off, or choose another model.</source>
        <translation>Das Modell {name} hat kein Netz für den groben Blick und kann leere Flächen nicht auslassen. Schalten Sie das aus, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The network {path} stopped: {reason}. What was recorded before is kept. Choose smaller tiles if memory ran out, or another model.</source>
        <translation>Das Netz {path} ist stehen geblieben: {reason}. Was vorher gespeichert wurde, bleibt. Wählen Sie kleinere Kacheln, wenn der Speicher nicht reichte, oder ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The pixels of {name} measure {gsd} m on the ground; this model needs {coarsest} m or finer. Choose a sharper raster or another model.</source>
        <translation>Die Pixel von {name} messen am Boden {gsd} m; dieses Modell braucht {coarsest} m oder feinere. Wählen Sie ein schärferes Raster oder ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The run in {path} cannot be read: {reason}. Segment the raster again, with another folder for results, or after this one is deleted.</source>
        <translation>Der Lauf in {path} lässt sich nicht lesen: {reason}. Segmentieren Sie das Raster erneut, mit einem anderen Ordner für die Ergebnisse oder nachdem dieser gelöscht ist.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The run in {path} cannot go on: {reason}. Segment the raster again, and choose that run.</source>
        <translation>Der Lauf in {path} kann nicht weitergehen: {reason}. Segmentieren Sie das Raster erneut, und wählen Sie jenen Lauf.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>There are no scenes to segment in {name}: {reason}.</source>
        <translation>In {name} gibt es keine Szenen zum Segmentieren: {reason}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>There is a model named {name} already. Give another name, or ask for it to be replaced.</source>
        <translation>Es gibt schon ein Modell namens {name}. Geben Sie einen anderen Namen an, oder lassen Sie es ersetzen.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>There is no folder {path}. Choose a run folder: one that holds a run.json.</source>
        <translation>Den Ordner {path} gibt es nicht. Wählen Sie den Ordner eines Laufs: einen, der eine run.json enthält.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>There is no model named {name}, and no such folder. Give one of {known}, or a folder with a manifest.json.</source>
        <translation>Es gibt kein Modell namens {name} und auch keinen solchen Ordner. Geben Sie eines von {known} an oder einen Ordner mit einer manifest.json.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>There is nothing to segment in {name}: {reason}. Choose another extent or layer.</source>
        <translation>In {name} gibt es nichts zu segmentieren: {reason}. Wählen Sie eine andere Ausdehnung oder einen anderen Layer.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>Tiles of {tile} pixels cannot be used: choose a multiple of {step} up to {largest}.</source>
        <translation>Kacheln von {tile} Pixeln gehen nicht: Wählen Sie ein Vielfaches von {step} bis {largest}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>onnxruntime, which runs the networks, cannot be imported ({reason}). Install it in QGIS under Settings &gt; Options &gt; Exitwise; outside of QGIS with `pip install onnxruntime`.</source>
        <translation>onnxruntime, das die Netze rechnet, kann nicht importiert werden ({reason}). Installieren Sie es in QGIS unter Einstellungen &gt; Optionen &gt; Exitwise; außerhalb von QGIS mit `pip install onnxruntime`.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} cannot be opened as a scene: {reason}. Choose a .SAFE folder or MTD_MSIL*.xml of Sentinel-2, an MTL.txt of Landsat, or a folder with one file per band.</source>
        <translation>{name} kann nicht als Szene geöffnet werden: {reason}. Wählen Sie einen .SAFE-Ordner oder eine MTD_MSIL*.xml von Sentinel-2, eine MTL.txt von Landsat oder einen Ordner mit einer Datei je Band.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} cannot be reached over the network: {reason}. What was recorded before is kept: run again once it can be reached, and the run goes on from there.</source>
        <translation>{name} ist über das Netz nicht zu erreichen: {reason}. Was vorher verzeichnet wurde, bleibt erhalten: Starten Sie erneut, sobald es wieder zu erreichen ist, dann geht der Lauf von dort weiter.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} cannot be read: a part of it is damaged or missing. Copy or download it again, or choose another raster. ({reason})</source>
        <translation>{name} lässt sich nicht lesen: Ein Teil davon ist beschädigt oder fehlt. Kopieren oder laden Sie die Datei noch einmal, oder wählen Sie ein anderes Raster. ({reason})</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} cannot be read: {reason}. Check that the file still exists and opens in QGIS.</source>
        <translation>{name} kann nicht gelesen werden: {reason}. Prüfen Sie, ob es die Datei noch gibt und QGIS sie öffnet.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} cannot say which tiles are cloudy: {reason}. Choose another cloud mask, or compute all tiles.</source>
        <translation>{name} kann nicht sagen, welche Kacheln bewölkt sind: {reason}. Wählen Sie eine andere Wolkenmaske, oder rechnen Sie alle Kacheln.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} does not say where its pixels lie on the ground. Put its world file beside it, or place it with QGIS (Layer &gt; Georeferencer), then run again.</source>
        <translation>{name} sagt nicht, wo seine Pixel am Boden liegen. Legen Sie die World-Datei daneben, oder platzieren Sie es mit QGIS (Layer &gt; Georeferenzierung), und starten Sie erneut.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} does not work here, so the CPU computes: {reason}. Update its driver and onnxruntime, or choose the CPU to see this no more.</source>
        <translation>{name} geht hier nicht, darum rechnet die CPU: {reason}. Aktualisieren Sie Treiber und onnxruntime, oder wählen Sie die CPU, um das nicht mehr zu sehen.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} has no coordinate reference system, so the size of its pixels on the ground is unknown. Assign one (in QGIS with Layer &gt; Set CRS of Layer(s), elsewhere with gdal_edit.py -a_srs), then run again.</source>
        <translation>{name} hat kein Koordinatenbezugssystem, darum ist die Größe der Pixel am Boden unbekannt. Weisen Sie eines zu (in QGIS mit Layer &gt; KBS von Layern setzen, sonst mit gdal_edit.py -a_srs), und starten Sie erneut.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} has {found} band(s); the model still needs: {needed}. Say which bands they are (Bands, in Python bands=), or choose a model with fewer bands.</source>
        <translation>{name} hat {found} Bänder; das Modell braucht noch: {needed}. Sagen Sie, welche Bänder das sind (Bänder, in Python bands=), oder wählen Sie ein Modell mit weniger Bändern.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} is no 8-bit picture: it holds numbers from {low} to {high} ({data_type}), where 0 to 255 is natural. Choose "{choice}" under Values; in toolbox and Python that is {key}.</source>
        <translation>{name} ist kein 8-Bit-Bild: Es enthält Zahlen von {low} bis {high} ({data_type}); natürlich sind 0 bis 255. Wählen Sie unter Werte „{choice}“; in Werkzeugkiste und Python ist das {key}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} is no mask that Exitwise exported: nothing in it names its classes. Choose a mask as Exitwise writes it, or a run folder.</source>
        <translation>{name} ist keine von Exitwise exportierte Maske: Nichts darin nennt ihre Klassen. Wählen Sie eine Maske, wie Exitwise sie schreibt, oder den Ordner eines Laufs.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} is too large: {reason}. Choose a smaller extent, or make a coarser copy with Raster &gt; Projections &gt; Warp.</source>
        <translation>{name} ist zu groß: {reason}. Wählen Sie eine kleinere Ausdehnung, oder machen Sie mit Raster &gt; Projektionen &gt; Transformieren eine gröbere Kopie.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} is {kind}; a mask in its place would be wrong. Make a north-up copy (in QGIS with Raster &gt; Projections &gt; Warp, elsewhere with gdalwarp), then run on the copy.</source>
        <translation>{name} ist {kind}; eine Maske an seiner Stelle läge falsch. Machen Sie eine genordete Kopie (in QGIS mit Raster &gt; Projektionen &gt; Transformieren, sonst mit gdalwarp), und starten Sie mit der Kopie.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} cannot be imported: {reason}.</source>
        <translation>{path} kann nicht importiert werden: {reason}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} cannot be written: the disk has no room for it. Free some space or choose a folder on another disk, then try again.</source>
        <translation>{path} lässt sich nicht schreiben: Auf dem Datenträger ist kein Platz dafür. Schaffen Sie Platz, oder wählen Sie einen Ordner auf einem anderen Datenträger, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} cannot be written: {reason}. Choose another folder or name, then try again.</source>
        <translation>{path} lässt sich nicht schreiben: {reason}. Wählen Sie einen anderen Ordner oder Namen, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} cannot be written: {reason}. What was recorded before is kept; free some space or choose another folder, then run again.</source>
        <translation>{path} kann nicht geschrieben werden: {reason}. Was vorher gespeichert wurde, bleibt; schaffen Sie Platz, oder wählen Sie einen anderen Ordner, und starten Sie erneut.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} does not describe a model that this version can run: {reason}.</source>
        <translation>{path} beschreibt kein Modell, das diese Version rechnen kann: {reason}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} does not say all that is needed to run it. Still to be given: {missing}.</source>
        <translation>{path} sagt nicht alles, was zum Rechnen nötig ist. Noch anzugeben: {missing}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} holds the results of a collection that was made with the model {held}; this one is to be made with {asked}. Nothing was changed. Choose another folder for the results.</source>
        <translation>{path} enthält die Ergebnisse einer Sammlung, die mit dem Modell {held} gemacht wurde; diese soll mit {asked} gemacht werden. Nichts wurde geändert. Wählen Sie einen anderen Ordner für die Ergebnisse.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} is no recipe that can be repeated here: {reason}. Choose another file, or run by hand.</source>
        <translation>{path} ist kein Rezept, das hier wiederholt werden kann: {reason}. Wählen Sie eine andere Datei, oder starten Sie von Hand.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} is no run folder, and of the folders in it {count} are. Choose one that holds a run.json.</source>
        <translation>{path} ist kein Ordner eines Laufs, und von den Ordnern darin sind es {count}. Wählen Sie einen, in dem eine run.json liegt.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} is too new for the installed onnxruntime: it is written in {kind} {found}, and onnxruntime {runtime} reads up to {most}. Install a newer one, or export the model with {kind} {most}.</source>
        <translation>{path} ist zu neu für das installierte onnxruntime: Es ist in {kind} {found} geschrieben, und onnxruntime {runtime} liest bis {most}. Installieren Sie ein neueres, oder exportieren Sie das Modell mit {kind} {most}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} was not deleted, or not all of it: {reason}.</source>
        <translation>{path} wurde nicht oder nicht ganz gelöscht: {reason}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{what} needs the Python package {package}, which cannot be imported ({reason}). Install it with `pip install {package}` into the Python that runs this, then start again.</source>
        <translation>{what} braucht das Python-Paket {package}, das sich nicht importieren lässt ({reason}). Installieren Sie es mit `pip install {package}` in das Python, das dies ausführt, und starten Sie erneut.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{what} was cancelled; nothing half-written is left.</source>
        <translation>{what} wurde abgebrochen; nichts Halbes bleibt zurück.</translation>
    </message>
</context>
<context>
    <name>ExitChart</name>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Drag the line, or use the arrow keys, to move the threshold.</source>
        <translation>Ziehen Sie die Linie, oder nehmen Sie die Pfeiltasten, um den Schwellwert zu ändern.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Exit chart</source>
        <translation>Diagramm der Ausgänge</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Exit {}</source>
        <translation>Ausgang {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Exit {}: blocks that score below the threshold: {} of {}.</source>
        <translation>Ausgang {}: Blöcke mit einem Wert unter dem Schwellwert: {} von {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Saved</source>
        <translation>Gespart</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Saved: {} of the MACs.</source>
        <translation>Gespart: {} der MACs.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>The scores of the blocks appear here once some are computed.</source>
        <translation>Die Werte der Blöcke erscheinen hier, sobald einige berechnet sind.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>This model has a single stage, so there is no threshold to choose.</source>
        <translation>Dieses Modell hat eine einzige Stufe, es gibt also keinen Schwellwert zu wählen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>nats</source>
        <translation>nat</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>square-root scale</source>
        <translation>Wurzelskala</translation>
    </message>
</context>
<context>
    <name>ExitTable</name>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Blocks</source>
        <translation>Blöcke</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Blocks and computation by exit</source>
        <translation>Blöcke und Rechnung je Ausgang</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Blocks: parts of the raster that leave one by one, for some models whole tiles.
MACs: multiply-accumulates, the unit of a network's work, as a fresh run at this threshold spends them: on the way to the exit, and saved where blocks had left before.
Coarse: blocks that a coarse look found empty; they are no part of the total</source>
        <translation>Blöcke: Teile des Rasters, die einzeln austreten, bei manchen Modellen ganze Kacheln.
MACs: Multiplikationen mit Addition, die Einheit der Arbeit eines Netzes, wie ein neuer Lauf mit diesem Schwellwert sie aufwendet: auf dem Weg zum Ausgang, und gespart, wo Blöcke vorher ausgetreten waren.
Grob: Blöcke, die ein grober Blick leer fand; sie sind kein Teil der Summe</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Cloudy</source>
        <translation>Bewölkt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Coarse</source>
        <translation>Grob</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Exit</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>MACs saved</source>
        <translation>MACs gespart</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>MACs spent</source>
        <translation>MACs aufgewendet</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
</context>
<context>
    <name>Exitwise</name>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source> The block left out is not part of it.</source>
        <translation> Der ausgelassene Block gehört nicht dazu.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source> The {} blocks left out are not part of it.</source>
        <translation> Die {} ausgelassenen Blöcke gehören nicht dazu.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>, read {} of {} MB</source>
        <translation>, {} von {} MB gelesen</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>8-bit picture (0 to 255)</source>
        <translation>8-Bit-Bild (0 bis 255)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>A threshold of {} nats is not possible with the model {}. Give one from 0 (every block is computed to full depth) to {}, its largest entropy (every block leaves at the first exit).</source>
        <translation>Ein Schwellwert von {} nat ist mit dem Modell {} nicht möglich. Geben Sie einen von 0 (jeder Block wird bis zur vollen Tiefe gerechnet) bis {} an, der größten Entropie (jeder Block tritt am ersten Ausgang aus).</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/preflight.py"/>
        <source>About {} at the first exit, {} at full depth.</source>
        <translation>Etwa {} am ersten Ausgang, {} bei voller Tiefe.</translation>
    </message>
    <message>
        <location filename="../../plugin/choice.py"/>
        <source>Add a raster layer to the project first.</source>
        <translation>Fügen Sie dem Projekt zuerst einen Rasterlayer hinzu.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Audited in {}: exactly {} of the pixels differ from full depth.</source>
        <translation>In {} geprüft: Genau {} der Pixel weichen von der vollen Tiefe ab.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Audited on {} blocks in {}: by these, {} of the pixels differ from full depth, and over all blocks at most {}, {:.0f} % sure.</source>
        <translation>An {} Blöcken in {} geprüft: Nach diesen weichen {} der Pixel von der vollen Tiefe ab, über alle Blöcke höchstens {}, zu {:.0f} % sicher.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>Bands must be numbers with commas between them, like 3,2,1; not {}.</source>
        <translation>Bänder müssen Zahlen mit Kommas dazwischen sein, wie 3,2,1; nicht {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/folder.py"/>
        <source>Browse: {}</source>
        <translation>Auswählen: {}</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>By the scene's metadata file</source>
        <translation>Nach der Metadatendatei der Szene</translation>
    </message>
    <message>
        <location filename="../../plugin/web_map.py"/>
        <source>Choose a smaller extent: this one of {} would be {} Mpx in {} tiles to fetch.</source>
        <translation>Wählen Sie eine kleinere Ausdehnung: Bei dieser wären von {} {} Mpx in {} Kacheln zu holen.</translation>
    </message>
    <message>
        <location filename="../../plugin/web_map.py"/>
        <source>Choose an extent: all of {} would be {} Mpx in {} tiles to fetch.</source>
        <translation>Wählen Sie eine Ausdehnung: Von {} wären im Ganzen {} Mpx in {} Kacheln zu holen.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Cloud cover: {} % of the valid pixels.</source>
        <translation>Bewölkung: {} % der gültigen Pixel.</translation>
    </message>
    <message>
        <location filename="../../plugin/layers.py"/>
        <source>Entropy (nats)</source>
        <translation>Entropie (nat)</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>Exit {}</source>
        <translation>Ausgang {}</translation>
    </message>
    <message>
        <location filename="../../plugin/layers.py"/>
        <source>Exits</source>
        <translation>Ausgänge</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/progress.py"/>
        <source>Fetching tiles: {} of {}</source>
        <translation>Kacheln werden geholt: {} von {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/running.py"/>
        <source>Finding clouds, tiles done: {} of {}</source>
        <translation>Wolken werden gesucht, fertige Kacheln: {} von {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>Incorrect parameter value for {}: {}. Give a name, one of: {}.</source>
        <translation>Falscher Wert für {}: {}. Geben Sie einen Namen an, einen von: {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/choice.py"/>
        <source>It was imported: import it once more, or delete the folder {}.</source>
        <translation>Es wurde importiert: Importieren Sie es noch einmal, oder löschen Sie den Ordner {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/web_map.py"/>
        <source>Its tiles were fetched before ({} m on the ground).</source>
        <translation>Die Kacheln wurden schon früher geholt ({} m am Boden).</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>Kept runs</source>
        <translation>Aufbewahrte Läufe</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Landsat Level-1 digital numbers</source>
        <translation>Landsat-Digitalwerte Level 1</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Landsat Level-2 digital numbers</source>
        <translation>Landsat-Digitalwerte Level 2</translation>
    </message>
    <message>
        <location filename="../../plugin/layers.py"/>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Of the valid pixels: {}.</source>
        <translation>Von den gültigen Pixeln: {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/preflight.py"/>
        <source>Only {} are free there.</source>
        <translation>Dort sind nur {} frei.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Picture from 0 to 1</source>
        <translation>Bild von 0 bis 1</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/preflight.py"/>
        <source>Ready: {} Mpx, at most {} on disk.</source>
        <translation>Bereit: {} Mpx, höchstens {} auf der Platte.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Reflectance from 0 to 1</source>
        <translation>Reflexionsgrad von 0 bis 1</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Runs on CPU, 1 thread</source>
        <translation>Läuft auf der CPU, 1 Thread</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Runs on CPU, {} threads</source>
        <translation>Läuft auf der CPU, {} Threads</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Runs on {}</source>
        <translation>Läuft auf {}</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Scale and offset stored in the file</source>
        <translation>Skalierung und Versatz aus der Datei</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>Segment</source>
        <translation>Segmentieren</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Sentinel-2 (reflectance x 10,000)</source>
        <translation>Sentinel-2 (Reflexionsgrad x 10.000)</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Sentinel-2 since 2022 (offset -1,000)</source>
        <translation>Sentinel-2 seit 2022 (Versatz -1.000)</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Stretch from 2 % to 98 % of the values</source>
        <translation>Streckung von 2 % bis 98 % der Werte</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>There is no model named {}.</source>
        <translation>Es gibt kein Modell namens {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/preflight.py"/>
        <source>This may need {} on disk, more than the {} that a run is allowed. Choose a smaller extent, or allow more under Settings &gt; Options &gt; Exitwise.</source>
        <translation>Das kann {} auf der Platte brauchen, mehr als die {}, die einem Lauf erlaubt sind. Wählen Sie eine kleinere Ausdehnung, oder erlauben Sie mehr unter Einstellungen &gt; Optionen &gt; Exitwise.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/running.py"/>
        <source>Tiles done: {} of {}, {} per second</source>
        <translation>Fertige Kacheln: {} von {}, {} je Sekunde</translation>
    </message>
    <message>
        <location filename="../../plugin/web_map.py"/>
        <source>Tiles of {} that could not be fetched: {}. They are nodata; delete {} to fetch all anew.</source>
        <translation>Kacheln von {}, die nicht geholt werden konnten: {}. Sie haben keine Daten; löschen Sie {}, um alle neu zu holen.</translation>
    </message>
    <message>
        <location filename="../../plugin/web_map.py"/>
        <source>Tiles to fetch first: {} ({} m on the ground), from {}: check that its terms allow it.</source>
        <translation>Zuerst zu holende Kacheln: {} ({} m am Boden), von {}: Prüfen Sie, ob dessen Bedingungen das erlauben.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>as chosen</source>
        <translation>wie gewählt</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>by its metadata</source>
        <translation>nach den Metadaten</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>by its name</source>
        <translation>nach dem Namen</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>by the names of its bands</source>
        <translation>nach den Namen der Bänder</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>by {}</source>
        <translation>nach {}</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>found empty by the coarse look</source>
        <translation>vom groben Blick leer gefunden</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/repeating.py"/>
        <source>its model, {}, is not installed</source>
        <translation>sein Modell {} ist nicht installiert</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/repeating.py"/>
        <source>its raster {} cannot be opened</source>
        <translation>sein Raster {} lässt sich nicht öffnen</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>less than a second</source>
        <translation>weniger als einer Sekunde</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>nats</source>
        <translation>nat</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>no result</source>
        <translation>kein Ergebnis</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>skipped: cloudy</source>
        <translation>ausgelassen: bewölkt</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>valid</source>
        <translation>gültig</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <location filename="../../plugin/wheel.py"/>
        <source>{} cannot be read: {}.</source>
        <translation>{} kann nicht gelesen werden: {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>{} cannot be written: there is no folder {}. Make it or choose another.</source>
        <translation>{} kann nicht geschrieben werden: Es gibt keinen Ordner {}. Legen Sie ihn an, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <location filename="../../plugin/wheel.py"/>
        <source>{} holds a path that leads out of its folder: {}. Nothing was installed.</source>
        <translation>{} enthält einen Pfad, der aus dem Ordner hinausführt: {}. Es wurde nichts installiert.</translation>
    </message>
    <message>
        <location filename="../../plugin/choice.py"/>
        <source>{} is not a file but comes from a service ({}). Save it as GeoTIFF first: right-click the layer, Export, Save As.</source>
        <translation>{} ist keine Datei, sondern kommt von einem Dienst ({}). Speichern Sie es zuerst als GeoTIFF: Rechtsklick auf den Layer, Export, Speichern als.</translation>
    </message>
    <message>
        <location filename="../../plugin/wheel.py"/>
        <source>{} is not a wheel of {} {} as published, or was damaged on its way. Nothing was installed.</source>
        <translation>{} ist kein Wheel von {} {}, wie es veröffentlicht wurde, oder wurde unterwegs beschädigt. Es wurde nichts installiert.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>{} would be a {} under another name. Choose a name that ends in {}.</source>
        <translation>{} wäre ein {} unter anderem Namen. Wählen Sie einen Namen, der auf {} endet.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>{}, because {name} does not work: {reason}</source>
        <translation>{}, weil {name} nicht geht: {reason}</translation>
    </message>
</context>
<context>
    <name>ExitwiseDock</name>
    <message>
        <location filename="../../plugin/gui/model_options.py"/>
        <source> (the model's own)</source>
        <translation> (die des Modells)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_options.py"/>
        <source>A small network looks at the raster from afar first. What it finds nothing in is neither read nor computed, and the mask is empty there. It reads less where the file has overviews (pyramids); whether it is faster depends on the ground</source>
        <translation>Ein kleines Netz sieht sich das Raster zuerst von fern an. Worin es nichts findet, das wird weder gelesen noch gerechnet, und die Maske ist dort leer. Es liest weniger, wenn die Datei Übersichten (Pyramiden) hat; ob es schneller ist, hängt vom Gelände ab</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>An export is going. Wait for its end or cancel it, then export again.</source>
        <translation>Ein Export läuft. Warten Sie sein Ende ab, oder brechen Sie ihn ab, und exportieren Sie dann erneut.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Blocks that wait for their exit: {}. Press Run to continue.</source>
        <translation>Blöcke, die auf ihren Ausgang warten: {}. Drücken Sie Starten, um weiterzumachen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Blocks to compute once the slider rests: {}.</source>
        <translation>Blöcke zu rechnen, sobald der Regler ruht: {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Blocks to compute: {}, about {}.</source>
        <translation>Blöcke zu rechnen: {}, etwa {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Cancelling ...</source>
        <translation>Wird abgebrochen ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/chosen.py"/>
        <source>Choose a folder for the results.</source>
        <translation>Wählen Sie einen Ordner für die Ergebnisse.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/chosen.py"/>
        <source>Choose a folder for the results: none can be made beside this raster.</source>
        <translation>Wählen Sie einen Ordner für die Ergebnisse: Neben diesem Raster kann keiner angelegt werden.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Done: {} of the full computation saved.</source>
        <translation>Fertig: {} der vollen Rechnung gespart.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Each run gets a folder of its own in here</source>
        <translation>Jeder Lauf bekommt hierin einen eigenen Ordner</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Exitwise</source>
        <translation>Exitwise</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Expected: {} of the pixels differ from full depth.</source>
        <translation>Erwartet: {} der Pixel weichen von der vollen Tiefe ab.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Export cancelled; nothing was written.</source>
        <translation>Export abgebrochen; es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Export the classes as polygons</source>
        <translation>Die Klassen als Polygone exportieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Export the entropy heatmap</source>
        <translation>Die Entropie-Heatmap exportieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Export the mask</source>
        <translation>Die Maske exportieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Export the report</source>
        <translation>Den Bericht exportieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Finding clouds, tiles done: {} of {}</source>
        <translation>Wolken werden gesucht, fertige Kacheln: {} von {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>GeoTIFF (*.tif)</source>
        <translation>GeoTIFF (*.tif)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/chosen.py"/>
        <source>Give the folder for the results with its full path, not {}.</source>
        <translation>Geben Sie den Ordner für die Ergebnisse mit vollem Pfad an, nicht {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>It is not complete: {} block(s) were not computed and are empty or less exact in it. Press Run to continue, then export again.</source>
        <translation>Das ist nicht vollständig: {} Blöcke wurden nicht gerechnet und sind darin leer oder ungenauer. Drücken Sie Starten, um weiterzumachen, und exportieren Sie dann erneut.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Left out beside that: {} block, {} of the whole.</source>
        <translation>Außerdem ausgelassen: {} Block, {} des Ganzen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Left out beside that: {} blocks, {} of the whole.</source>
        <translation>Außerdem ausgelassen: {} Blöcke, {} des Ganzen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>No browser could be opened. The help page lies here: {}</source>
        <translation>Es ließ sich kein Browser öffnen. Die Hilfeseite liegt hier: {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/chosen.py"/>
        <source>No files can be made in {}: {}. Choose another folder for the results.</source>
        <translation>In {} lassen sich keine Dateien anlegen: {}. Wählen Sie einen anderen Ordner für die Ergebnisse.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/chosen.py"/>
        <source>No model is installed. Install Exitwise again.</source>
        <translation>Es ist kein Modell installiert. Installieren Sie Exitwise neu.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Nothing was run: onnxruntime is not installed.</source>
        <translation>Es wurde nichts gerechnet: onnxruntime ist nicht installiert.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Reading the raster and loading the network ...</source>
        <translation>Raster wird gelesen, Netz wird geladen ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Recipe (*.json)</source>
        <translation>Rezept (*.json)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Repeat a run</source>
        <translation>Einen Lauf wiederholen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Running the full network on blocks drawn by lot ...</source>
        <translation>Das volle Netz läuft auf ausgelosten Blöcken ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/chosen.py"/>
        <source>The recipe names cloudy tiles of another extent or tile size. Choose under Clouds what to skip.</source>
        <translation>Das Rezept nennt bewölkte Kacheln einer anderen Ausdehnung oder Kachelgröße. Wählen Sie unter Wolken, was ausgelassen wird.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>There is nothing to export yet. Press Run first.</source>
        <translation>Es gibt noch nichts zu exportieren. Drücken Sie zuerst Starten.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_options.py"/>
        <source>This model has no network for a coarse look</source>
        <translation>Dieses Modell hat kein Netz für einen groben Blick</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Tiles are being computed. Wait for the end or cancel it, then export again.</source>
        <translation>Es werden Kacheln gerechnet. Warten Sie das Ende ab, oder brechen Sie ab, und exportieren Sie dann erneut.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Tiles done: {} of {}, {} per second, {} left</source>
        <translation>Fertige Kacheln: {} von {}, {} je Sekunde, noch {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Writing {} ...</source>
        <translation>Schreibe {} ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Written: {}</source>
        <translation>Geschrieben: {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>{} exists already. Replace it?</source>
        <translation>{} gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_options.py"/>
        <source>{} pixels</source>
        <translation>{} Pixel</translation>
    </message>
</context>
<context>
    <name>ExitwisePlugin</name>
    <message>
        <location filename="../../plugin/plugin.py"/>
        <source>Exitwise</source>
        <translation>Exitwise</translation>
    </message>
    <message>
        <location filename="../../plugin/plugin.py"/>
        <source>Segment a raster with an early-exit network</source>
        <translation>Ein Raster mit einem Netz mit frühen Ausgängen segmentieren</translation>
    </message>
</context>
<context>
    <name>ExportOptions</name>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>All of the run</source>
        <translation>Der ganze Lauf</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Centrelines that end in the open are left out if they are shorter</source>
        <translation>Mittellinien mit offenem Ende werden ausgelassen, wenn sie kürzer sind</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Export options</source>
        <translation>Exportoptionen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Extent to export</source>
        <translation>Ausdehnung für den Export</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Given extent</source>
        <translation>Angegebene Ausdehnung</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Grow by</source>
        <translation>Erweitern um</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>In an exported mask, polygons and lines, what lies this near to a class is part of it</source>
        <translation>In exportierten Masken, Polygonen und Linien wird, was so nahe an einer Klasse liegt, ein Teil von ihr</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Least area</source>
        <translation>Kleinste Fläche</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Least dead end</source>
        <translation>Kürzeste Sackgasse</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Outlines cut the corners of pixels, half a pixel at most; areas stay those of the pixels</source>
        <translation>Umrisse schneiden die Ecken der Pixel ab, höchstens um ein halbes Pixel; die Flächen bleiben die der Pixel</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Round off the outlines of polygons</source>
        <translation>Umrisse der Polygone abrunden</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Smaller polygons are left out; the others stay as they are</source>
        <translation>Kleinere Polygone werden ausgelassen; die anderen bleiben, wie sie sind</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>What the map shows now</source>
        <translation>Was die Karte jetzt zeigt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Which part of the run goes into a file, in whole pixels of the run; not into a report</source>
        <translation>Welcher Teil des Laufs in eine Datei kommt, in ganzen Pixeln des Laufs; nicht in einen Bericht</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>a part of {} x {} pixels</source>
        <translation>ein Teil von {} x {} Pixeln</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>classes grown by {} m</source>
        <translation>Klassen um {} m erweitert</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>of all of the run, as reports always are</source>
        <translation>vom ganzen Lauf, wie Berichte es immer sind</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>outlines rounded off</source>
        <translation>Umrisse abgerundet</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>without dead ends below {} m</source>
        <translation>ohne Sackgassen unter {} m</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>without polygons below {} m²</source>
        <translation>ohne Polygone unter {} m²</translation>
    </message>
</context>
<context>
    <name>ExtentChooser</name>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Add a polygon layer to the project, or choose another extent.</source>
        <translation>Fügen Sie dem Projekt einen Polygonlayer hinzu, oder wählen Sie eine andere Ausdehnung.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Draw</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Draw a rectangle on the map</source>
        <translation>Ein Rechteck auf der Karte zeichnen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Draw a rectangle on the map.</source>
        <translation>Zeichnen Sie ein Rechteck auf der Karte.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Drawn rectangle</source>
        <translation>Gezeichnetes Rechteck</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Polygon layer</source>
        <translation>Polygonlayer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Polygons of a layer</source>
        <translation>Polygone eines Layers</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/area.py"/>
        <source>Reading the polygons of {} ...</source>
        <translation>Die Polygone von {} werden gelesen …</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Selected features only</source>
        <translation>Nur gewählte Objekte</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>That of the recipe</source>
        <translation>Die des Rezepts</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/area.py"/>
        <source>The extent cannot be brought to the CRS of {}: {}</source>
        <translation>Die Ausdehnung lässt sich nicht in das KBS von {} bringen: {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>What the map shows now</source>
        <translation>Was die Karte jetzt zeigt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Whole layer</source>
        <translation>Ganzer Layer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/area.py"/>
        <source>{} has no coordinate reference system, so nobody knows where its polygons lie. Assign one with Layer &gt; Set CRS of Layer(s), then run again.</source>
        <translation>{} hat kein Koordinatenbezugssystem, darum weiß niemand, wo die Polygone liegen. Weisen Sie eines mit Layer &gt; KBS von Layern setzen zu, und starten Sie erneut.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/area.py"/>
        <source>{} has no polygons. Choose another extent.</source>
        <translation>{} hat keine Polygone. Wählen Sie eine andere Ausdehnung.</translation>
    </message>
</context>
<context>
    <name>GivesResults</name>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Blocks by exit, as JSON</source>
        <translation>Blöcke je Ausgang, als JSON</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Classes, % of the valid pixels, as JSON</source>
        <translation>Klassen, % der gültigen Pixel, als JSON</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Cloud cover, % of the valid pixels</source>
        <translation>Bewölkung, % der gültigen Pixel</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Grow the classes by (metres)</source>
        <translation>Klassen erweitern um (Meter)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Polygons</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Probability of each class</source>
        <translation>Wahrscheinlichkeit jeder Klasse</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Share of all computation left out beside that, 0 to 1</source>
        <translation>Anteil der ganzen Rechnung, der außerdem ausgelassen wurde, 0 bis 1</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Share of the computation saved, 0 to 1</source>
        <translation>Anteil der gesparten Rechnung, 0 bis 1</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Valid pixels</source>
        <translation>Gültige Pixel</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Writing {}</source>
        <translation>Schreibe {}</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>An ONNX segmentation model, a zip of a model, or the manifest.json in a model's folder.
It is copied into your QGIS profile.</source>
        <translation>Ein Segmentierungsmodell als ONNX, ein Modell als Zip oder die manifest.json im Ordner eines Modells.
Es wird in Ihr QGIS-Profil kopiert.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Choose a file. It is opened and tried; nothing is copied yet.</source>
        <translation>Wählen Sie eine Datei. Sie wird geöffnet und ausprobiert; noch wird nichts kopiert.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Choose a model</source>
        <translation>Ein Modell wählen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Closes once the trial has ended ...</source>
        <translation>Schließt, sobald der Versuch zu Ende ist ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Copying and trying it again ...</source>
        <translation>Wird kopiert und noch einmal ausprobiert ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Import a model</source>
        <translation>Ein Modell importieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>It has one exit, so there will be nothing to choose by the slider.</source>
        <translation>Es hat einen Ausgang, am Regler wird also nichts zu wählen sein.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>It was tried on {} x {} pixels ({} s) and runs: {} band(s) in, {} classes out.</source>
        <translation>Es wurde an {} x {} Pixeln ausprobiert ({} s) und läuft: {} Bänder hinein, {} Klassen heraus.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Models (*.onnx *.zip manifest.json)</source>
        <translation>Modelle (*.onnx *.zip manifest.json)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Opening and trying it ...</source>
        <translation>Wird geöffnet und ausprobiert ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Still to be given: {}</source>
        <translation>Noch anzugeben: {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>There is a model named {} already. Replace it?</source>
        <translation>Es gibt schon ein Modell namens {}. Ersetzen?</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>There is no file {}.</source>
        <translation>Es gibt keine Datei {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>{}: it was tried and runs. Bands: {}; classes: {}; exits: {}.</source>
        <translation>{}: Es wurde ausprobiert und läuft. Bänder: {}; Klassen: {}; Ausgänge: {}.</translation>
    </message>
</context>
<context>
    <name>ImportModel</name>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Bands</source>
        <translation>Bänder</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Copies a segmentation model into your QGIS profile, after it was tried on a tile. Segment raster and the dock offer it from then on.

Model: an ONNX file, a zip of a model, or the manifest.json in a model's folder. A model with a manifest needs nothing more. Of a plain ONNX file, give what it does not say of itself; the metadata of models made for the plugin Deepness are read. A plain model has one exit, so its threshold changes nothing.
Name: letters, digits, - and _; by default that of the file.
Bands: their names in the order that the network reads, like red,green,blue. Bands called blue, green, red, nir, swir1 or swir2 are recognised in scenes, others by the same name.
Values: display for pictures, reflectance for physical values; both from 0 to 1. Then mean is taken off, and what is left divided by the deviation: one number, or one per band, with commas. A network that was trained on 0 to 255 has mean 0 and deviation 0.00392157.
Pixel size: in metres; finer rasters are averaged to it. From and to: which pixels are read as they are; coarser ones are refused. By default 0.75 and 1.5 times the size.
Classes: their names, the one for 0 first. Not drawn: number of the class that is background, -1 for none.
Shown above: of two classes, the probability from which on the second one is shown.
Overlap: context in pixels around every tile, rounded up to what the network takes.</source>
        <translation>Kopiert ein Segmentierungsmodell in Ihr QGIS-Profil, nachdem es an einer Kachel ausprobiert wurde. „Raster segmentieren“ und das Bedienfeld bieten es von da an an.

Modell: eine ONNX-Datei, ein Modell als Zip oder die manifest.json im Ordner eines Modells. Ein Modell mit Manifest braucht nichts weiter. Bei einer bloßen ONNX-Datei geben Sie an, was sie nicht selbst sagt; die Metadaten von Modellen für das Plugin Deepness werden gelesen. Ein bloßes Modell hat einen Ausgang, sein Schwellwert ändert also nichts.
Name: Buchstaben, Ziffern, - und _; sonst der der Datei.
Bänder: ihre Namen in der Reihenfolge, in der das Netz sie liest, wie red,green,blue. Bänder namens blue, green, red, nir, swir1 oder swir2 werden in Szenen erkannt, andere am gleichen Namen.
Werte: display für Bilder, reflectance für physikalische Werte; beide von 0 bis 1. Dann wird der Mittelwert abgezogen und der Rest durch die Abweichung geteilt: eine Zahl, oder eine je Band, mit Kommas. Ein Netz, das auf 0 bis 255 trainiert wurde, hat Mittelwert 0 und Abweichung 0.00392157.
Pixelgröße: in Metern; feinere Raster werden darauf gemittelt. Von und bis: welche Pixel so gelesen werden, wie sie sind; gröbere werden abgelehnt. Sonst das 0,75- und 1,5-Fache der Größe.
Klassen: ihre Namen, der für 0 zuerst. Nicht gezeichnet: Nummer der Klasse, die Hintergrund ist, -1 für keine.
Gezeigt über: bei zwei Klassen die Wahrscheinlichkeit, von der an die zweite gezeigt wird.
Überlappung: Umgebung in Pixeln um jede Kachel, aufgerundet auf das, was das Netz nimmt.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Import model</source>
        <translation>Modell importieren</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Imported as {}</source>
        <translation>Importiert als {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>It reads {} band(s) and tells {} classes apart; its answers are {}.</source>
        <translation>Es liest {} Bänder und unterscheidet {} Klassen; seine Antworten sind {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Its folder</source>
        <translation>Sein Ordner</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Mean</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Model (.onnx, .zip or manifest.json)</source>
        <translation>Modell (.onnx, .zip oder manifest.json)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Name of the model</source>
        <translation>Name des Modells</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Not drawn</source>
        <translation>Nicht gezeichnet</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Overlap (pixels)</source>
        <translation>Überlappung (Pixel)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Pixel size (m)</source>
        <translation>Pixelgröße (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Pixel size, from (m)</source>
        <translation>Pixelgröße, von (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Pixel size, to (m)</source>
        <translation>Pixelgröße, bis (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Replace a model of that name</source>
        <translation>Ein Modell dieses Namens ersetzen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Shown above</source>
        <translation>Gezeigt über</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Standard deviation</source>
        <translation>Standardabweichung</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>{} must be numbers with commas between them, like 0.4,0.4,0.4; not {}.</source>
        <translation>{} müssen Zahlen mit Kommas dazwischen sein, wie 0.4,0.4,0.4; nicht {}.</translation>
    </message>
</context>
<context>
    <name>Installer</name>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Cancelled; nothing was installed.</source>
        <translation>Abgebrochen; es wurde nichts installiert.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Exitwise knows no {} for Python {}.{} yet. Install it by hand.</source>
        <translation>Exitwise kennt noch kein {} für Python {}.{}. Installieren Sie es von Hand.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Fetching {} {} ...</source>
        <translation>{} {} wird geholt ...</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Looking for QGIS's own Python ...</source>
        <translation>Das Python von QGIS wird gesucht ...</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>QGIS's Python has no pip here. Choose a file instead: it needs none.</source>
        <translation>Das Python von QGIS hat hier kein pip. Wählen Sie stattdessen eine Datei: Sie braucht keines.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>The Python that QGIS itself uses was not found. Nothing was installed.</source>
        <translation>Das Python, das QGIS selbst benutzt, wurde nicht gefunden. Es wurde nichts installiert.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Trying it out ...</source>
        <translation>Wird ausprobiert ...</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Unpacking {} ...</source>
        <translation>{} wird entpackt ...</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>pip could not install {}: {} Without a network connection, choose a downloaded file instead.</source>
        <translation>pip konnte {} nicht installieren: {} Wählen Sie ohne Netzverbindung stattdessen eine heruntergeladene Datei.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>{} cannot be replaced: {}. Restart QGIS, and install before the first run.</source>
        <translation>{} kann nicht ersetzt werden: {}. Starten Sie QGIS neu, und installieren Sie vor dem ersten Lauf.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>{} cannot be written: {}.</source>
        <translation>{} kann nicht geschrieben werden: {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>{} {} is installed in {}.</source>
        <translation>{} {} ist in {} installiert.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>{} {} was unpacked but does not start here, so it was removed again: {}. A file has to be for this system and Python {}.{}.</source>
        <translation>{} {} wurde entpackt, startet hier aber nicht und wurde wieder entfernt: {}. Eine Datei muss für dieses System und Python {}.{} sein.</translation>
    </message>
</context>
<context>
    <name>LookCloser</name>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>Click on the results in the map.</source>
        <translation>Klicken Sie in der Karte auf die Ergebnisse.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>Run first, then pick a block.</source>
        <translation>Erst starten, dann einen Block wählen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>The map cannot go there: {}</source>
        <translation>Die Karte kann nicht dorthin: {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>This block was not computed, so it cannot go deeper.</source>
        <translation>Dieser Block wurde nicht gerechnet, er kann also nicht tiefer gehen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>This block was sent to full depth already.</source>
        <translation>Dieser Block wurde schon bis zur vollen Tiefe geschickt.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>This block went to the last exit already: there is none deeper.</source>
        <translation>Dieser Block ging schon bis zum letzten Ausgang: Tiefer geht es nicht.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>This place lies outside of the run.</source>
        <translation>Dieser Ort liegt außerhalb des Laufs.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>{} nats at exit {}, block {}</source>
        <translation>{} nat am Ausgang {}, Block {}</translation>
    </message>
</context>
<context>
    <name>ModelForm</name>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source> m</source>
        <translation> m</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source> pixels</source>
        <translation> Pixel</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>&amp;Overlap</source>
        <translation>&amp;Überlappung</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>&amp;Pixel size, from, to</source>
        <translation>&amp;Pixelgröße, von, bis</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>&amp;Scaled to</source>
        <translation>&amp;Skaliert auf</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>0 to 1, as it is</source>
        <translation>0 bis 1, wie es ist</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>0 to 255</source>
        <translation>0 bis 255</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Band {}</source>
        <translation>Band {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Bands, in its order</source>
        <translation>Bänder, in seiner Reihenfolge</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Class {}</source>
        <translation>Klasse {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Context that is computed around every tile, so that no seams show; it is rounded up</source>
        <translation>Umgebung, die um jede Kachel mitgerechnet wird, damit keine Nähte zu sehen sind; sie wird aufgerundet</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Finer rasters are averaged to this size</source>
        <translation>Feinere Raster werden auf diese Größe gemittelt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>From here on, pixels are read as they are</source>
        <translation>Von hier an werden Pixel gelesen, wie sie sind</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>It was trained on</source>
        <translation>Es wurde trainiert auf</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Letters, digits, - and _; scripts and the toolbox call it by this name</source>
        <translation>Buchstaben, Ziffern, - und _; Skripte und die Werkzeugkiste nennen es so</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Mean</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Not drawn</source>
        <translation>Nicht gezeichnet</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Pixel size (m)</source>
        <translation>Pixelgröße (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Pixel size, from (m)</source>
        <translation>Pixelgröße, von (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Pixel size, to (m)</source>
        <translation>Pixelgröße, bis (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Rasters with larger pixels are refused</source>
        <translation>Raster mit größeren Pixeln werden abgelehnt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Shown above</source>
        <translation>Gezeigt über</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Standard deviation</source>
        <translation>Standardabweichung</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Taken off values from 0 to 1: one number, or one for each band</source>
        <translation>Wird von Werten von 0 bis 1 abgezogen: eine Zahl, oder eine für jedes Band</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>The second class is shown where its probability is higher</source>
        <translation>Die zweite Klasse wird gezeigt, wo ihre Wahrscheinlichkeit höher ist</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>What is left is divided by it: one number, or one for each band</source>
        <translation>Der Rest wird dadurch geteilt: eine Zahl, oder eine für jedes Band</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>a picture (8 bit, or stretched)</source>
        <translation>ein Bild (8 Bit oder gestreckt)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>choose ...</source>
        <translation>wählen ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>mean and deviation of ImageNet</source>
        <translation>Mittelwert und Abweichung von ImageNet</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>none: all are drawn</source>
        <translation>keine: alle werden gezeichnet</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>own numbers</source>
        <translation>eigene Zahlen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>reflectance</source>
        <translation>Reflexionsgrad</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <location filename="../../plugin/gui/model_row.py"/>
        <source>Import model ...</source>
        <translation>Modell importieren ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_row.py"/>
        <source>Import or remove models</source>
        <translation>Modelle importieren oder entfernen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_row.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_row.py"/>
        <source>Remove the model {}? Results that were made with it stay.</source>
        <translation>Das Modell {} entfernen? Ergebnisse, die damit gemacht wurden, bleiben.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_row.py"/>
        <source>Remove this model</source>
        <translation>Dieses Modell entfernen</translation>
    </message>
</context>
<context>
    <name>MoreExports</name>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Blocks ...</source>
        <translation>Blöcke ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Centrelines ...</source>
        <translation>Mittellinien ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Export the centrelines</source>
        <translation>Die Mittellinien exportieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Export the probability of each class</source>
        <translation>Die Wahrscheinlichkeit jeder Klasse exportieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Export the table of blocks</source>
        <translation>Tabelle der Blöcke exportieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Export the valid pixels</source>
        <translation>Die gültigen Pixel exportieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Outline, exit, scores and seconds of every block as a table (GeoPackage)</source>
        <translation>Umriss, Ausgang, Werte und Sekunden jedes Blocks als Tabelle (GeoPackage)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Probability ...</source>
        <translation>Wahrscheinlichkeit ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Probability of each class but the first as GeoTIFF, 0 to 1: stored as bytes 0 to 254 with a scale, which QGIS applies</source>
        <translation>Wahrscheinlichkeit jeder Klasse außer der ersten als GeoTIFF, 0 bis 1: als Bytes 0 bis 254 mit einer Skalierung gespeichert, die QGIS anwendet</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>The middle of each class as lines (GeoPackage), for roads, with length and certainty</source>
        <translation>Die Mitte jeder Klasse als Linien (GeoPackage), für Straßen, mit Länge und Sicherheit</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Valid ...</source>
        <translation>Gültige ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Which pixels have a result as GeoTIFF, 1 or 0</source>
        <translation>Welche Pixel ein Ergebnis haben, als GeoTIFF, 1 oder 0</translation>
    </message>
</context>
<context>
    <name>OpenScene</name>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Bands in their order, as JSON</source>
        <translation>Bänder in ihrer Reihenfolge, als JSON</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Bands that are missing, as JSON</source>
        <translation>Fehlende Bänder, als JSON</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Bands: {}</source>
        <translation>Bänder: {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Folder or .SAFE</source>
        <translation>Ordner oder .SAFE</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Give either a folder or a metadata file.</source>
        <translation>Geben Sie entweder einen Ordner oder eine Metadatendatei an.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Level, empty if not recognised</source>
        <translation>Level, leer, wenn nicht erkannt</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Metadata file</source>
        <translation>Metadatendatei</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Missing: {}</source>
        <translation>Es fehlen: {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>No metadata file says what the numbers mean: choose it under Values for a model.</source>
        <translation>Keine Metadatendatei sagt, was die Zahlen bedeuten: Wählen Sie es für ein Modell unter Werte.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Open scene as stack</source>
        <translation>Szene als Stapel öffnen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Puts the bands of a Sentinel-2 or Landsat scene into one raster (VRT). Nothing is copied: the files of the bands have to stay where they are. All bands get the grid of the finest one; coarser ones repeat their pixels. Bands that do not measure reflectance (thermal, panchromatic, quality) are left out.

Folder: a .SAFE, the folder of a Landsat scene with its MTL.txt, or a folder with one file per band, named like my_B04.tif.
Metadata file: MTD_MSIL1C.xml, MTD_MSIL2A.xml or an MTL.txt, instead of a folder.

Bands are named, and scale and offset of each are kept in the VRT as the metadata file says them, with the -1,000 of newer Sentinel-2 products and, at Landsat's Level 1, the height of the sun. Without a metadata file, say under Values what the numbers mean when you run a model.</source>
        <translation>Bringt die Bänder einer Szene von Sentinel-2 oder Landsat in ein Raster (VRT). Nichts wird kopiert: Die Dateien der Bänder müssen bleiben, wo sie sind. Alle Bänder bekommen das Gitter des feinsten; gröbere wiederholen ihre Pixel. Bänder, die keinen Reflexionsgrad messen (thermal, panchromatisch, Qualität), werden ausgelassen.

Ordner: ein .SAFE, der Ordner einer Landsat-Szene mit ihrer MTL.txt oder ein Ordner mit einer Datei je Band, benannt wie my_B04.tif.
Metadatendatei: MTD_MSIL1C.xml, MTD_MSIL2A.xml oder eine MTL.txt, statt eines Ordners.

Die Bänder sind benannt, und Skalierung und Versatz jedes Bandes stehen im VRT, wie die Metadatendatei sie angibt, mit den -1.000 neuerer Sentinel-2-Produkte und bei Landsat Level 1 mit der Sonnenhöhe. Ohne Metadatendatei sagen Sie unter Werte, was die Zahlen bedeuten, wenn Sie ein Modell rechnen.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Sensor, empty if not recognised</source>
        <translation>Sensor, leer, wenn nicht erkannt</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Stack</source>
        <translation>Stapel</translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Copy diagnostics</source>
        <translation>Diagnose &amp;kopieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Exports start in</source>
        <translation>&amp;Exporte beginnen in</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Forget measured speeds</source>
        <translation>Gemessene Geschwindigkeiten &amp;vergessen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Install ...</source>
        <translation>&amp;Installieren ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Results in</source>
        <translation>E&amp;rgebnisse in</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Threads</source>
        <translation>&amp;Threads</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>: it came with your system, and Exitwise uses it as it is.</source>
        <translation>: Es kam mit Ihrem System, und Exitwise benutzt es, wie es ist.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>A run that may need more is refused before it begins</source>
        <translation>Ein Lauf, der mehr brauchen kann, wird vor dem Beginn abgelehnt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Address like tcp://host:8786, whose workers Segment collection proposes to use</source>
        <translation>Adresse wie tcp://host:8786, deren Worker „Sammlung segmentieren“ zu benutzen vorschlägt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>As many as are fastest ({})</source>
        <translation>So viele, wie am schnellsten sind ({})</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>At most on &amp;disk</source>
        <translation>Höchstens auf der &amp;Platte</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Compute &amp;with</source>
        <translation>Re&amp;chnen mit</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Copied. Paste it into your report.</source>
        <translation>Kopiert. Fügen Sie es in Ihre Meldung ein.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Da&amp;sk scheduler</source>
        <translation>&amp;Dask-Scheduler</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Exitwise tells how long a run will take from the runs before</source>
        <translation>Exitwise sagt aus früheren Läufen voraus, wie lange einer dauert</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Folder for exported files</source>
        <translation>Ordner für exportierte Dateien</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Folder for the results</source>
        <translation>Ordner für die Ergebnisse</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>How many processor cores a run may use</source>
        <translation>Wie viele Prozessorkerne ein Lauf benutzen darf</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>If something goes wrong</source>
        <translation>Wenn etwas schiefgeht</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>It cannot be removed: {}. Restart QGIS, and remove it before the first run.</source>
        <translation>Es kann nicht entfernt werden: {}. Starten Sie QGIS neu, und entfernen Sie es vor dem ersten Lauf.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>It was removed; what is loaded already stays until QGIS ends.</source>
        <translation>Es wurde entfernt; was schon geladen ist, bleibt bis zum Ende von QGIS.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Not installed. Networks cannot run without it.</source>
        <translation>Nicht installiert. Ohne es kann kein Netz laufen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Re&amp;move</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Version {} in {}</source>
        <translation>Version {} in {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Versions and settings for a bug report; your home folder is masked.</source>
        <translation>Versionen und Einstellungen für eine Fehlermeldung; Ihr Heimatordner ist unkenntlich.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>beside the raster</source>
        <translation>neben dem Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>beside the results</source>
        <translation>neben den Ergebnissen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>needs the Python package distributed: pip install distributed</source>
        <translation>braucht das Python-Paket distributed: pip install distributed</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>none: this computer</source>
        <translation>keiner: dieser Rechner</translation>
    </message>
</context>
<context>
    <name>RecentRuns</name>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Delete ...</source>
        <translation>Löschen ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Delete {} with everything in it? This cannot be undone.</source>
        <translation>{} mit allem darin löschen? Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Open it in the dock, and compute what is missing</source>
        <translation>Ihn im Bedienfeld öffnen und rechnen, was fehlt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Put its choices into the dock, to run with others</source>
        <translation>Seine Einstellungen ins Bedienfeld übernehmen, um mit anderen zu starten</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Put its layers into the project, as they were left</source>
        <translation>Seine Layer zum Projekt hinzufügen, wie sie zuletzt waren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Raster</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Recent runs</source>
        <translation>Letzte Läufe</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Recent runs, the newest first</source>
        <translation>Letzte Läufe, der neueste zuerst</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Repeat</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Show its folder in the file manager</source>
        <translation>Seinen Ordner in der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>There are no runs yet.</source>
        <translation>Es gibt noch keine Läufe.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Threshold</source>
        <translation>Schwellwert</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>complete</source>
        <translation>vollständig</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>gone</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>unfinished</source>
        <translation>unfertig</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>{} is gone.</source>
        <translation>{} ist nicht mehr da.</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>, inside of polygons</source>
        <translation>, innerhalb von Polygonen</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Area on the ellipsoid</source>
        <translation>Fläche auf dem Ellipsoid</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Area per class</source>
        <translation>Fläche je Klasse</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Bands</source>
        <translation>Bänder</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Blocks</source>
        <translation>Blöcke</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Cloudy</source>
        <translation>Bewölkt</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Coarse look found nothing</source>
        <translation>Grober Blick fand nichts</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Computed by</source>
        <translation>Berechnet mit</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Exit</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Exits</source>
        <translation>Ausgänge</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>F1, 3 pixels forgiven</source>
        <translation>F1, 3 Pixel nachgesehen</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Figures of the model card for pictures without colour, as this run read one band as all, measured on {}, never on this raster:</source>
        <translation>Zahlen der Modellkarte für Bilder ohne Farbe, da dieser Lauf ein Band als alle las, gemessen an {}, nie an diesem Raster:</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Figures of the model card, measured on {}, never on this raster:</source>
        <translation>Zahlen der Modellkarte, gemessen an {}, nie an diesem Raster:</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Fingerprint of the model</source>
        <translation>Fingerabdruck des Modells</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>How far to trust it</source>
        <translation>Wie weit man trauen kann</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>It is not complete: {} block(s) wait for their exit; they are empty or less exact.</source>
        <translation>Nicht vollständig: {} Block/Blöcke warten auf ihren Ausgang; sie sind leer oder weniger genau.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>MACs saved</source>
        <translation>MACs gespart</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>MACs spent</source>
        <translation>MACs aufgewendet</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>No audit was made at this threshold.</source>
        <translation>Bei diesem Schwellwert wurde nicht geprüft.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Raster</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Repeat it</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Reviewed by hand: {} place(s) done, {} block(s) sent to full depth.</source>
        <translation>Von Hand durchgesehen: {} Stelle(n) erledigt, {} Block/Blöcke bis zur vollen Tiefe geschickt.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Run folder</source>
        <translation>Ordner des Laufs</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Scores and saving</source>
        <translation>Werte und Ersparnis</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>The mask over the image</source>
        <translation>Die Maske über dem Bild</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>The model comes without figures.</source>
        <translation>Das Modell bringt keine Zahlen mit.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>The model has figures for colour only; this run read one band as all of them.</source>
        <translation>Das Modell hat nur für Farbe Zahlen; dieser Lauf las ein Band als alle.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>The same raster, model and settings give the same result. This is the recipe; it lies as recipe.json in the run folder too, where the button Repeat takes it from.</source>
        <translation>Dasselbe Raster, Modell und dieselben Einstellungen geben dasselbe Ergebnis. Dies ist das Rezept; es liegt auch als recipe.json im Ordner des Laufs, von wo der Knopf Wiederholen es nimmt.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Threshold</source>
        <translation>Schwellwert</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Tile</source>
        <translation>Kachel</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>data that it does not name</source>
        <translation>Daten, die es nicht nennt</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>whole raster</source>
        <translation>ganzes Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>{} on {} at a threshold of {} nats: {} of the full computation saved.</source>
        <translation>{} am {} bei einem Schwellwert von {} nat: {} der vollen Rechnung gespart.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>{} pixels</source>
        <translation>{} Pixel</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>{} x {} pixels. West, south, east, north: {} ({}).</source>
        <translation>{} x {} Pixel. West, Süd, Ost, Nord: {} ({}).</translation>
    </message>
</context>
<context>
    <name>RethresholdRun</name>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Blocks that need a deeper exit</source>
        <translation>Blöcke, die einen tieferen Ausgang brauchen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Re-threshold run</source>
        <translation>Lauf mit anderem Schwellwert</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Run folder</source>
        <translation>Ordner des Laufs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Threshold (nats)</source>
        <translation>Schwellwert (nat)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Writes mask, entropy and polygons of a finished or cancelled run at another threshold, from what is known: no network runs, so it takes seconds.

Run folder: as Segment raster keeps it where it is asked to, and the dock always.
Threshold: in nats. Below the threshold that the run was computed for, blocks may need an exit that is not known; they show the deepest one that is, and are counted as missing. Segment raster with the same run folder computes them.
Extent: write only this part of the run, in whole pixels of it; without it, all of the run. Blocks and MACs are counted of the blocks that lie in it, also in part.</source>
        <translation>Schreibt Maske, Entropie und Polygone eines fertigen oder abgebrochenen Laufs mit einem anderen Schwellwert, aus dem, was bekannt ist: Kein Netz läuft, darum dauert es Sekunden.

Ordner des Laufs: wie ihn „Raster segmentieren“ auf Wunsch behält und das Bedienfeld immer.
Schwellwert: in nat. Unter dem Schwellwert, für den der Lauf gerechnet wurde, können Blöcke einen Ausgang brauchen, der nicht bekannt ist; sie zeigen den tiefsten bekannten und werden als fehlend gezählt. „Raster segmentieren“ mit demselben Ordner rechnet sie.
Ausdehnung: nur diesen Teil des Laufs schreiben, in ganzen Pixeln des Laufs; ohne sie den ganzen Lauf. Blöcke und MACs werden von den Blöcken gezählt, die darin liegen, auch zum Teil.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>{} block(s) wait for an exit that was not computed: they are empty or less exact. Segment raster with the same settings and folder computes it.</source>
        <translation>{} Blöcke warten auf einen Ausgang, der nicht gerechnet wurde: Sie sind leer oder weniger genau. „Raster segmentieren“ mit denselben Einstellungen und demselben Ordner rechnet ihn.</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Choose a place in the list first, or pick a block on the map.</source>
        <translation>Wählen Sie zuerst einen Ort in der Liste, oder nehmen Sie einen Block auf der Karte.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Compute this block to full depth and show that, whatever the threshold</source>
        <translation>Diesen Block bis zur vollen Tiefe rechnen und das zeigen, bei jedem Schwellwert</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Every place is done: {}.</source>
        <translation>Alle Stellen sind erledigt: {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Most uncertain places, worst first</source>
        <translation>Unsicherste Stellen, die schlimmste zuerst</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Next</source>
        <translation>Nächste</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>No place is known yet.</source>
        <translation>Noch ist keine Stelle bekannt.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Places to look at, worst first: {}; done: {}.</source>
        <translation>Stellen zum Ansehen, die schlimmste zuerst: {}; erledigt: {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Previous</source>
        <translation>Vorige</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Send deeper</source>
        <translation>Tiefer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>The blocks with the highest scores at the exits where they left, at most {}, and those that are done.
Of blocks that lie up to {} blocks apart only the highest is listed.</source>
        <translation>Die Blöcke mit den höchsten Werten an den Ausgängen, an denen sie austraten, höchstens {}, und die erledigten.
Von Blöcken, die bis zu {} Blöcke auseinander liegen, steht nur der höchste in der Liste.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>The most uncertain places are listed here once a run has ended.</source>
        <translation>Die unsichersten Stellen stehen hier, sobald ein Lauf zu Ende ist.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>The next place that is not done</source>
        <translation>Die nächste Stelle, die nicht erledigt ist</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>The place before</source>
        <translation>Die Stelle davor</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Tick this place off and go to the next; kept with the run</source>
        <translation>Diese Stelle abhaken und zur nächsten gehen; bleibt beim Lauf</translation>
    </message>
</context>
<context>
    <name>RunSession</name>
    <message>
        <location filename="../../plugin/gui/session.py"/>
        <source>All layers of the run were removed, so it was cancelled. What is done is kept in {}; press Run to continue.</source>
        <translation>Alle Layer des Laufs wurden entfernt, darum wurde er abgebrochen. Was fertig ist, bleibt in {}; drücken Sie Starten, um weiterzumachen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/session.py"/>
        <source>The model {} was replaced or removed since this run. What is known is still shown and can be exported; nothing more can be computed for it. Press Run to begin another run.</source>
        <translation>Das Modell {} wurde seit diesem Lauf ersetzt oder entfernt. Was bekannt ist, wird weiter gezeigt und kann exportiert werden; mehr lässt sich für ihn nicht rechnen. Drücken Sie Starten, um einen anderen Lauf zu beginnen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/session.py"/>
        <source>The recipe names blocks that this raster does not have.</source>
        <translation>Das Rezept nennt Blöcke, die dieses Raster nicht hat.</translation>
    </message>
</context>
<context>
    <name>RuntimeDialog</name>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>&amp;Choose a file ...</source>
        <translation>&amp;Datei wählen ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>&amp;Install</source>
        <translation>&amp;Installieren</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>&amp;Not now</source>
        <translation>&amp;Nicht jetzt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Choose a downloaded wheel of onnxruntime</source>
        <translation>Ein heruntergeladenes Wheel von onnxruntime wählen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Exitwise needs onnxruntime</source>
        <translation>Exitwise braucht onnxruntime</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Exitwise's networks are computed by &lt;b&gt;onnxruntime {}&lt;/b&gt; (MIT licence, by Microsoft), which this QGIS does not have yet. It would be fetched from the Python Package Index, or the index that pip is set to: at most {} MB, about three times that on disk, in</source>
        <translation>Die Netze von Exitwise werden von &lt;b&gt;onnxruntime {}&lt;/b&gt; gerechnet (MIT-Lizenz, von Microsoft), das dieses QGIS noch nicht hat. Es würde vom Python Package Index geholt, oder von dem, der für pip eingestellt ist: höchstens {} MB, auf der Platte etwa dreimal so viel, in</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Log of the installation</source>
        <translation>Protokoll der Installation</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Nothing else is installed, and no part of QGIS is changed. You can remove it again under Settings &amp;gt; Options &amp;gt; Exitwise.</source>
        <translation>Sonst wird nichts installiert, und kein Teil von QGIS wird geändert. Unter Einstellungen &amp;gt; Optionen &amp;gt; Exitwise können Sie es wieder entfernen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Wheels (*.whl)</source>
        <translation>Wheels (*.whl)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Without a connection: fetch the wheel for your system and Python {} (with {} in its name) from {} elsewhere, and choose that file.</source>
        <translation>Ohne Verbindung: Holen Sie anderswo das Wheel für Ihr System und Python {} (mit {} im Namen) von {}, und wählen Sie diese Datei.</translation>
    </message>
</context>
<context>
    <name>RuntimeGuard</name>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>onnxruntime {} is installed in {}.</source>
        <translation>onnxruntime {} ist in {} installiert.</translation>
    </message>
</context>
<context>
    <name>SceneOpener</name>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>A scene is being opened. Wait a moment, then open the next.</source>
        <translation>Eine Szene wird gerade geöffnet. Warten Sie einen Moment, und öffnen Sie dann die nächste.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Folder of a scene, or .SAFE</source>
        <translation>Ordner einer Szene oder .SAFE</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Metadata (*MTL.txt MTD_MSIL*.xml)</source>
        <translation>Metadaten (*MTL.txt MTD_MSIL*.xml)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Metadata file of a scene</source>
        <translation>Metadatendatei einer Szene</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Missing: {}.</source>
        <translation>Es fehlen: {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>No metadata file says what its numbers mean: check Bands and values before a run.</source>
        <translation>Keine Metadatendatei sagt, was die Zahlen bedeuten: Prüfen Sie Bänder und Werte vor einem Lauf.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Open scene: MTL.txt or MTD_MSIL*.xml ...</source>
        <translation>Szene öffnen: MTL.txt oder MTD_MSIL*.xml ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Open scene: folder or .SAFE ...</source>
        <translation>Szene öffnen: Ordner oder .SAFE ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Opened {} ({}): {}.</source>
        <translation>Geöffnet: {} ({}): {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Opened {}: {}.</source>
        <translation>Geöffnet: {}: {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>QGIS cannot open the stack {}.</source>
        <translation>QGIS kann den Stapel {} nicht öffnen.</translation>
    </message>
</context>
<context>
    <name>SegmentCollection</name>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Add table and mosaics to the project</source>
        <translation>Tabelle und Mosaike zum Projekt hinzufügen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Bands</source>
        <translation>Bänder</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>By name, e.g. MODEL=roads: one of {}</source>
        <translation>Mit Namen, z. B. MODEL=roads: eines von {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Dask scheduler</source>
        <translation>Dask-Scheduler</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Folder of results</source>
        <translation>Ordner der Ergebnisse</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Folder of scenes</source>
        <translation>Ordner mit Szenen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Give the scenes in one way: as layers, as a folder, or as a file.</source>
        <translation>Geben Sie die Szenen auf einem Weg an: als Layer, als Ordner oder als Datei.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Layers</source>
        <translation>Layer</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>List of paths, or STAC</source>
        <translation>Liste von Pfaden oder STAC</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>STAC asset</source>
        <translation>STAC-Asset</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Scenes</source>
        <translation>Szenen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Scenes done</source>
        <translation>Fertige Szenen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Scenes that failed</source>
        <translation>Fehlgeschlagene Szenen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Segment collection</source>
        <translation>Sammlung segmentieren</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Segments many scenes with one model. Give layers, or a folder, or a file.

Folder: every .tif, .tiff, .jp2, .vrt and .img in it and below is a scene.
File: a text file with a path or address on each line; or the JSON of a STAC catalogue or ItemCollection, which needs the Python package pystac.
Asset: of each STAC item the raster to take; empty if there is only one. Where each band is an asset of its own, several, like B02,B03,B04,B08.
Model, bands, values, threshold, skip empty areas: as in Segment raster, the same for all scenes.
Dask scheduler: its address, like tcp://host:8786, has the scenes done by its workers; this needs the Python package distributed. They must see rasters and results under the same paths. Empty: this computer does them. The options of Exitwise hold the address that is proposed.

The folder of results holds for each scene a folder with mask, entropy and run folder; scenes.gpkg, a table with the outline of each scene, what was found, what was saved, or why it failed; mosaics of all masks and entropies (one for each coordinate reference system); and catalog.json, which describes the results as STAC items. A scene that fails does not end the others. The same folder again goes on: what is done is kept, what failed is tried again. Another model needs another folder.</source>
        <translation>Segmentiert viele Szenen mit einem Modell. Geben Sie Layer an oder einen Ordner oder eine Datei.

Ordner: Jede .tif, .tiff, .jp2, .vrt und .img darin und darunter ist eine Szene.
Datei: eine Textdatei mit einem Pfad oder einer Adresse in jeder Zeile; oder das JSON eines STAC-Katalogs oder einer ItemCollection, wofür das Python-Paket pystac gebraucht wird.
Asset: von jedem STAC-Item das Raster, das genommen wird; leer, wenn es nur eines gibt. Wo jedes Band ein eigenes Asset ist, mehrere, etwa B02,B03,B04,B08.
Modell, Bänder, Werte, Schwellwert, leere Flächen auslassen: wie bei „Raster segmentieren“, für alle Szenen gleich.
Dask-Scheduler: Mit seiner Adresse, etwa tcp://host:8786, übernehmen seine Worker die Szenen; das braucht das Python-Paket distributed. Sie müssen Raster und Ergebnisse unter denselben Pfaden sehen. Leer: Dieser Rechner übernimmt sie. Die vorgeschlagene Adresse steht in den Optionen von Exitwise.

Der Ordner der Ergebnisse enthält für jede Szene einen Ordner mit Maske, Entropie und Ordner des Laufs; scenes.gpkg, eine Tabelle mit dem Umriss jeder Szene, was gefunden und was gespart wurde oder warum sie fehlschlug; Mosaike aller Masken und Entropien (eines je Koordinatenbezugssystem); und catalog.json, das die Ergebnisse als STAC-Items beschreibt. Eine Szene, die fehlschlägt, beendet die anderen nicht. Mit demselben Ordner geht es weiter: Fertiges bleibt, Fehlgeschlagenes wird erneut versucht. Ein anderes Modell braucht einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Skip empty areas by a coarse look</source>
        <translation>Leere Flächen nach einem groben Blick auslassen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Table of scenes</source>
        <translation>Tabelle der Szenen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Threshold (nats)</source>
        <translation>Schwellwert (nat)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>What the stored numbers mean, by name, e.g. VALUES=landsat_l1: one of {}</source>
        <translation>Was die gespeicherten Zahlen bedeuten, mit Namen, z. B. VALUES=landsat_l1: eines von {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>{} failed: {}</source>
        <translation>{} fehlgeschlagen: {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>{}: {}; {} saved</source>
        <translation>{}: {}; {} gespart</translation>
    </message>
</context>
<context>
    <name>SegmentRaster</name>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Bands</source>
        <translation>Bänder</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>By name, e.g. CLOUDS=skip: one of {}</source>
        <translation>Mit Namen, z. B. CLOUDS=skip: eines von {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>By name, e.g. MODEL=roads: one of {}</source>
        <translation>Mit Namen, z. B. MODEL=roads: eines von {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>By name, e.g. PROVIDER=cuda: one of {}; where it does not work, the CPU computes</source>
        <translation>Mit Namen, z. B. PROVIDER=cuda: eines von {}; wo es nicht geht, rechnet die CPU</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Cloud mask (empty: find clouds first)</source>
        <translation>Wolkenmaske (leer: zuerst Wolken finden)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Cloudy tiles</source>
        <translation>Bewölkte Kacheln</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Cloudy values must be whole numbers with commas between them, not {}.</source>
        <translation>Wolkenwerte müssen ganze Zahlen mit Kommas dazwischen sein, nicht {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Compute with</source>
        <translation>Rechnen mit</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Finds roads or clouds in a raster with a network that has several exits. The raster is cut into blocks. A block leaves at the first exit where its entropy (uncertainty, in nats) is below the threshold: for roads that of 95 % of its pixels, for clouds the mean. Only unclear blocks are computed to full depth.

Threshold: 0 computes every block to full depth; higher values are faster and less exact, up to the model's largest entropy. Empty: the model's own default.
Model: by name, not by number, e.g. MODEL=roads. automatic: by bands and pixel size.
Bands: for each band of the model the number of the raster's band, like 3,2,1; 0 where an optional band is missing. Empty: by band name and colour.
Values: what the stored numbers mean, by name, not by number, e.g. VALUES=landsat_l1. automatic: as the raster's name or header says.
- byte: an 8-bit picture, 0 to 255 (roads)
- stretch: any other picture; each band is stretched from its 2 % to its 98 % quantile (roads)
- unit: already from 0 to 1, a picture or reflectance
- file: reflectance by the scale and offset that the file itself stores (clouds)
- sentinel2: Sentinel-2, reflectance x 10,000; sentinel2_offset: the same since 2022, with an offset of -1,000 (clouds)
- landsat_l1, landsat_l2: Landsat digital numbers of Level 1 or Level 2 (clouds)
- metadata: by the scene's MTL.txt or MTD_MSIL*.xml, which lies beside the raster (clouds)
Cloudy tiles: compute takes all tiles; skip leaves out those of which more pixels than the limit are cloudy by the cloud mask, or, without one, by the cloud detector, which then runs first. Skipped tiles are nodata.
Compute with: cpu, or what the installed onnxruntime offers besides: cuda, dml (DirectML) or coreml. Where that does not work, the CPU computes and the log says why.
Skip empty areas: a small network looks at the raster from afar first; what it finds nothing in is neither read nor computed; the mask shows the first class there.
Run folder: keeps scores and results of every block. A second start with the same raster, model and settings continues there, also with another threshold. The recipe to repeat the run lies there too; without a run folder, beside the mask.

Mask: class numbers, 255 where there is no data. Entropy: uncertainty per pixel in nats. Both are Cloud-Optimised GeoTIFFs with a style beside them. Polygons: the classes along pixel edges, with area and mean entropy of each, as GeoPackage. Probability: a band for each class but the first, 0 to 1: stored as bytes 0 to 254 with a scale, which QGIS applies. Valid pixels: 1 where there is a result, else 0. Grow: in mask and polygons, what lies within so many metres of a class becomes part of it. The other outputs say which share of the full computation was saved (0 to 1), how many blocks left at each exit, and how many percent of the valid pixels each class, and all clouds together, have in the mask.</source>
        <translation>Findet Straßen oder Wolken in einem Raster mit einem Netz, das mehrere Ausgänge hat. Das Raster wird in Blöcke geteilt. Ein Block tritt am ersten Ausgang aus, an dem seine Entropie (Unsicherheit, in nat) unter dem Schwellwert liegt: für Straßen die von 95 % seiner Pixel, für Wolken die mittlere. Nur unklare Blöcke werden bis zur vollen Tiefe gerechnet.

Schwellwert: 0 rechnet jeden Block bis zur vollen Tiefe; höhere Werte sind schneller und ungenauer, bis zur größten Entropie des Modells. Leer: die Vorgabe des Modells.
Modell: mit Namen, nicht mit Nummer, z. B. MODEL=roads. automatic: nach Bändern und Pixelgröße.
Bänder: für jedes Band des Modells die Nummer des Bandes im Raster, wie 3,2,1; 0, wo ein entbehrliches Band fehlt. Leer: nach Name und Farbe der Bänder.
Werte: was die gespeicherten Zahlen bedeuten, mit Namen, nicht mit Nummer, z. B. VALUES=landsat_l1. automatic: wie Name oder Kopf des Rasters sagen.
- byte: ein 8-Bit-Bild, 0 bis 255 (roads)
- stretch: jedes andere Bild; jedes Band wird von seinem 2-%- bis zu seinem 98-%-Quantil gestreckt (roads)
- unit: schon von 0 bis 1, ein Bild oder Reflexionsgrade
- file: Reflexionsgrad nach Skalierung und Versatz, die in der Datei stehen (clouds)
- sentinel2: Sentinel-2, Reflexionsgrad x 10.000; sentinel2_offset: dasselbe seit 2022, mit einem Versatz von -1.000 (clouds)
- landsat_l1, landsat_l2: Landsat-Digitalwerte von Level 1 oder Level 2 (clouds)
- metadata: nach der MTL.txt oder MTD_MSIL*.xml der Szene, die neben dem Raster liegt (clouds)
Bewölkte Kacheln: compute nimmt alle Kacheln; skip lässt die aus, von denen mehr Pixel als die Grenze bewölkt sind, nach der Wolkenmaske oder ohne eine nach dem Wolkenmodell, das dann zuerst läuft. Ausgelassene Kacheln haben keine Daten.
Rechnen mit: cpu, oder was das installierte onnxruntime sonst anbietet: cuda, dml (DirectML) oder coreml. Wo das nicht geht, rechnet die CPU, und das Protokoll sagt, warum.
Leere Flächen auslassen: ein kleines Netz sieht sich das Raster zuerst von fern an; worin es nichts findet, das wird weder gelesen noch gerechnet; die Maske zeigt dort die erste Klasse.
Ordner des Laufs: behält Werte und Ergebnisse jedes Blocks. Ein zweiter Start mit demselben Raster, Modell und denselben Einstellungen macht dort weiter, auch mit einem anderen Schwellwert. Das Rezept, mit dem sich der Lauf wiederholen lässt, liegt auch dort; ohne Ordner des Laufs liegt es neben der Maske.

Maske: Klassennummern, 255 ohne Daten. Entropie: Unsicherheit je Pixel in nat. Beide sind Cloud-Optimised GeoTIFFs mit einem Stil daneben. Polygone: die Klassen entlang der Pixelkanten, mit Fläche und mittlerer Entropie, als GeoPackage. Wahrscheinlichkeit: ein Band für jede Klasse außer der ersten, 0 bis 1: als Bytes 0 bis 254 mit einer Skalierung gespeichert, die QGIS anwendet. Gültige Pixel: 1, wo es ein Ergebnis gibt, sonst 0. Erweitern: In Maske und Polygonen wird, was bis zu so viele Meter von einer Klasse entfernt liegt, ein Teil von ihr. Die anderen Ausgaben sagen, welcher Anteil der vollen Rechnung gespart wurde (0 bis 1), wie viele Blöcke an jedem Ausgang austraten und wie viel Prozent der gültigen Pixel jede Klasse und alle Wolken zusammen in der Maske haben.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Model {}, bands {}, values {}, threshold {} nats</source>
        <translation>Modell {}, Bänder {}, Werte {}, Schwellwert {} nat</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>No model fits {} by its bands and pixel size: choose one.</source>
        <translation>Kein Modell passt nach Bändern und Pixelgröße zu {}: Wählen Sie eines.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>None of the {} band(s) of {} is recognised by its name or colour. Say under Bands which they are: for each of {} the number of the raster's band, 0 where it is missing, like BANDS={}.</source>
        <translation>Keines der {} Bänder von {} wird an Name oder Farbe erkannt. Sagen Sie unter Bänder, welche es sind: für jedes von {} die Nummer des Bandes im Raster, 0, wo es fehlt, wie BANDS={}.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Raster</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Recognised: {}</source>
        <translation>Erkannt: {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Run folder</source>
        <translation>Ordner des Laufs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Segment raster</source>
        <translation>Raster segmentieren</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Skip above this share of cloudy pixels (%)</source>
        <translation>Auslassen über diesem Anteil bewölkter Pixel (%)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Skip empty areas by a coarse look</source>
        <translation>Leere Flächen nach einem groben Blick auslassen</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>There is no band {} in {}, which has {} band(s).</source>
        <translation>Es gibt kein Band {} in {}, das {} Bänder hat.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Threshold (nats)</source>
        <translation>Schwellwert (nat)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Tile, pixels (0: the model's own)</source>
        <translation>Kachel, Pixel (0: die des Modells)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Values of the mask that are clouds, like 1,2</source>
        <translation>Werte der Maske, die Wolken sind, wie 1,2</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>What the stored numbers mean, by name, e.g. VALUES=landsat_l1: one of {}</source>
        <translation>Was die gespeicherten Zahlen bedeuten, mit Namen, z. B. VALUES=landsat_l1: eines von {}</translation>
    </message>
</context>
<context>
    <name>ShownRun</name>
    <message>
        <location filename="../../plugin/gui/shown_run.py"/>
        <source>Everything below belongs to the run {}, not to what is chosen above.</source>
        <translation>Alles darunter gehört zum Lauf {}, nicht zu dem, was oben gewählt ist.</translation>
    </message>
</context>
<context>
    <name>StoryPanel</name>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>: no data</source>
        <translation>: keine Daten</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Block {}: columns {} to {}, rows {} to {}. Pixel {}, {}</source>
        <translation>Block {}: Spalten {} bis {}, Zeilen {} bis {}. Pixel {}, {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Click on the results: what each exit thought of that block is told here</source>
        <translation>Klicken Sie auf die Ergebnisse: Was jeder Ausgang von dem Block hielt, steht dann hier</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Clouds hide its tile, so nothing was computed.</source>
        <translation>Wolken verdecken seine Kachel, darum wurde nichts berechnet.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Entropy at exit {}</source>
        <translation>Entropie am Ausgang {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Exit {}</source>
        <translation>Ausgang {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It has not been computed yet.</source>
        <translation>Er wurde noch nicht berechnet.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It left at exit {} of {}: its score of {} nats is below the threshold of {}.</source>
        <translation>Er trat am Ausgang {} von {} aus: Sein Wert von {} nat liegt unter dem Schwellwert von {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It lies outside of the polygons that were chosen.</source>
        <translation>Er liegt außerhalb der gewählten Polygone.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It waits for exit {}; the map shows exit {} meanwhile.</source>
        <translation>Er wartet auf Ausgang {}; die Karte zeigt solange Ausgang {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It was sent deeper, so it leaves at the last exit ({}).</source>
        <translation>Er wurde tiefer geschickt, darum tritt er am letzten Ausgang ({}) aus.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It went all the way to exit {}: no earlier score was below {} nats.</source>
        <translation>Er ging bis zum Ausgang {}: Kein früherer Wert lag unter {} nat.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Mask at exit {}</source>
        <translation>Maske am Ausgang {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Pick on the map</source>
        <translation>Auf der Karte wählen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Run first, then pick a block.</source>
        <translation>Erst starten, dann einen Block wählen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Score</source>
        <translation>Wert</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>The coarse look found nothing here, so no exit was computed.</source>
        <translation>Der grobe Blick fand hier nichts, darum wurde kein Ausgang berechnet.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>The model has one exit, so it left there.</source>
        <translation>Das Modell hat einen Ausgang, also trat er dort aus.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>The raster holds no data here, so nothing was computed.</source>
        <translation>Das Raster hat hier keine Daten, darum wurde nichts berechnet.</translation>
    </message>
</context>
<context>
    <name>SwipeRow</name>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>Place of the line on the map</source>
        <translation>Lage der Linie auf der Karte</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>Show this right of a line that can be dragged on the map; changes no layer</source>
        <translation>Zeigt dies rechts von einer Linie, die sich auf der Karte ziehen lässt; ändert keinen Layer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>Swipe with</source>
        <translation>Wischen mit</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>What is shown right of the line</source>
        <translation>Was rechts von der Linie gezeigt wird</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>the picture alone</source>
        <translation>das Bild allein</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>the threshold beside Blink</source>
        <translation>dem Schwellwert neben „Blinken“</translation>
    </message>
</context>
<context>
    <name>TabulateBlocks</name>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Blocks</source>
        <translation>Blöcke</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Number of blocks</source>
        <translation>Zahl der Blöcke</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Run folder</source>
        <translation>Ordner des Laufs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Tabulate blocks</source>
        <translation>Blöcke auflisten</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Threshold (nats)</source>
        <translation>Schwellwert (nat)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Writes the blocks of a kept run as rectangles (GeoPackage), with the exit of each.

Run folder: as Segment raster keeps it where it is asked to, and the dock always.
Threshold: in nats; the exits are those at this threshold. Empty: the model's own.

Fields: number, state (computed, nodata, outside, pending ...), exit, and for each exit its score in nats and the seconds that it took. What was not computed is empty.</source>
        <translation>Schreibt die Blöcke eines aufbewahrten Laufs als Rechtecke (GeoPackage), mit dem Ausgang jedes einzelnen.

Ordner des Laufs: wie ihn „Raster segmentieren“ auf Wunsch behält und das Bedienfeld immer.
Schwellwert: in nats; die Ausgänge sind die bei diesem Schwellwert. Leer: der des Modells.

Felder: number, state (computed, nodata, outside, pending ...), exit, und zu jedem Ausgang der Wert in nats und die Sekunden, die er brauchte. Was nicht gerechnet wurde, ist leer.</translation>
    </message>
</context>
<context>
    <name>ThresholdControl</name>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source> nats</source>
        <translation> nat</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>A block leaves at the first exit where 95 % of its pixels have an entropy below {} nats.</source>
        <translation>Ein Block tritt am ersten Ausgang aus, an dem 95 % seiner Pixel eine Entropie unter {} nat haben.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>A block leaves at the first exit where the mean entropy of its pixels is below {} nats.</source>
        <translation>Ein Block tritt am ersten Ausgang aus, an dem die mittlere Entropie seiner Pixel unter {} nat liegt.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>A block leaves early where at most 0.1 % of its own pixels are expected to change; "Expected" below is of all pixels</source>
        <translation>Ein Block tritt früh aus, wo sich voraussichtlich höchstens 0,1 % seiner eigenen Pixel ändern; „Erwartet“ darunter gilt für alle Pixel</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Careful</source>
        <translation>Vorsichtig</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Every block goes to the last exit</source>
        <translation>Jeder Block geht bis zum letzten Ausgang</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Every block goes to the last exit.</source>
        <translation>Jeder Block geht bis zum letzten Ausgang.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Every block leaves at the first exit</source>
        <translation>Jeder Block tritt am ersten Ausgang aus</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Every block leaves at the first exit.</source>
        <translation>Jeder Block tritt am ersten Ausgang aus.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Exit threshold</source>
        <translation>Schwellwert der Ausgänge</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Exit threshold in nats</source>
        <translation>Schwellwert der Ausgänge in nat</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>The model's own threshold</source>
        <translation>Der Schwellwert des Modells</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>The scale follows the scores of this raster: equal ways on it pass equally many blocks</source>
        <translation>Die Skala folgt den Werten dieses Rasters: Gleiche Wege darauf überstreichen gleich viele Blöcke</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>This model has a single stage: every block takes it, so there is nothing to choose.</source>
        <translation>Dieses Modell hat eine einzige Stufe: Jeder Block nimmt sie, es gibt also nichts zu wählen.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>first exit</source>
        <translation>erster Ausgang</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>full depth</source>
        <translation>volle Tiefe</translation>
    </message>
</context>
<context>
    <name>VectoriseMask</name>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Centrelines</source>
        <translation>Mittellinien</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Give a mask or a run folder, one of the two.</source>
        <translation>Geben Sie eine Maske oder den Ordner eines Laufs an, eines von beiden.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Its threshold (nats)</source>
        <translation>Sein Schwellwert (nat)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Least area (square metres)</source>
        <translation>Kleinste Fläche (Quadratmeter)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Least length of dead ends (metres)</source>
        <translation>Kleinste Länge von Sackgassen (Meter)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Number of centrelines</source>
        <translation>Zahl der Mittellinien</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Number of polygons</source>
        <translation>Zahl der Polygone</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Or run folder</source>
        <translation>Oder Ordner des Laufs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Polygons</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Round off the steps</source>
        <translation>Stufen abrunden</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Vectorise mask</source>
        <translation>Maske vektorisieren</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Writes the classes of a mask as polygons along pixel edges (GeoPackage): their areas are those of the pixels. Classes that the model does not draw, like the background, are left out.

Mask: a GeoTIFF that Exitwise wrote. Or run folder and threshold: what a kept run shows at that threshold; then every polygon and line has its mean entropy and certainty too.
Least area: smaller polygons are left out; the others stay as they are. 0 keeps all.
Round off the steps: outlines cut the corners of pixels, by half a pixel at most; the fields stay those of the pixels.
Centrelines: the middle of each class as lines from crossing to crossing, made for roads, with length_m (on the ellipsoid). They end about half a road's width before the road does.
Least length of dead ends: lines that end in the open are left out if they are shorter.

Fields: number, class and its value in the mask, pixels, area_m2 (on the ellipsoid), mean_entropy (nats) and mean_certainty (1: certain, 0: a mere guess).</source>
        <translation>Schreibt die Klassen einer Maske als Polygone entlang der Pixelkanten (GeoPackage): Ihre Flächen sind die der Pixel. Klassen, die das Modell nicht zeichnet, wie der Hintergrund, bleiben weg.

Maske: ein GeoTIFF, das Exitwise geschrieben hat. Oder Ordner des Laufs und Schwellwert: was ein aufbewahrter Lauf bei diesem Schwellwert zeigt; dann haben alle Polygone und Linien auch ihre mittlere Entropie und Sicherheit.
Kleinste Fläche: Kleinere Polygone werden ausgelassen; die anderen bleiben, wie sie sind. 0 behält alle.
Stufen abrunden: Umrisse schneiden die Ecken der Pixel ab, höchstens um ein halbes Pixel; die Felder bleiben die der Pixel.
Mittellinien: die Mitte jeder Klasse als Linien von Kreuzung zu Kreuzung, für Straßen gemacht, mit length_m (auf dem Ellipsoid). Sie enden etwa eine halbe Straßenbreite vor der Straße.
Kleinste Länge von Sackgassen: Linien mit offenem Ende werden ausgelassen, wenn sie kürzer sind.

Felder: number, class und ihr value in der Maske, pixels, area_m2 (auf dem Ellipsoid), mean_entropy (nat) und mean_certainty (1: sicher, 0: bloß geraten).</translation>
    </message>
</context>
<context>
    <name>Worker</name>
    <message>
        <location filename="../../plugin/worker.py"/>
        <source>Unexpected error; what is done is kept. Details: the log tab Exitwise.</source>
        <translation>Unerwarteter Fehler; was fertig ist, bleibt. Einzelheiten: im Protokollreiter Exitwise.</translation>
    </message>
</context>
</TS>
