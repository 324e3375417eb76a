<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AuditRows</name>
    <message>
        <location filename="../../plugin/gui/audit.py"/>
        <source>Audit this threshold</source>
        <translation>Auditer ce seuil</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/audit.py"/>
        <source>Find the fastest with at most</source>
        <translation>Trouver le plus rapide avec au plus</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/audit.py"/>
        <source>Runs the full network on {} blocks of this raster, drawn by lot, and says what at most differs over all of them.
It compares with the full network, never with the truth. 95 % is the chance of one audit: whoever tries many until one pleases has less.</source>
        <translation>Exécute le réseau complet sur {} blocs de ce raster, tirés au sort, et dit ce qui diffère au plus sur l'ensemble.
La comparaison se fait avec le réseau complet, jamais avec la vérité. Les 95 % valent pour un seul audit : qui en essaie plusieurs jusqu'à ce que l'un plaise en a moins.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/audit.py"/>
        <source>Share of pixels that may differ</source>
        <translation>Part des pixels qui peut différer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/audit.py"/>
        <source>The slider goes to the fastest threshold that changes at most this share.</source>
        <translation>Le curseur va au seuil le plus rapide qui change au plus cette part.</translation>
    </message>
</context>
<context>
    <name>AuditRun</name>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Allowed share</source>
        <translation>Part permise</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Audit of {}</source>
        <translation>Audit de {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Audit run</source>
        <translation>Auditer une exécution</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Blocks drawn</source>
        <translation>Blocs tirés au sort</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Compared with the full network, never with the truth.</source>
        <translation>Comparé au réseau complet, jamais à la vérité.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Differs at most</source>
        <translation>Diffère au plus</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Differs in the sample</source>
        <translation>Diffère dans l'échantillon</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Raster</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Run folder</source>
        <translation>Dossier de l'exécution</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Runs the full network on up to {} blocks of a kept run, drawn by lot, and says which share of the pixels differs from full depth: as these blocks show it, and at most over all blocks, {} % sure. It compares with the full network, never with the truth.

Run folder: of a run that is finished at this threshold. Raster and model have to be where they were.
Threshold: in nats; without it, the one that the run was made for.
Allowed share: instead of auditing the threshold, find the fastest one that changes at most this share of the pixels, like 0.01. It is looked for in the same sample.

Report: what was found, as one page of HTML. The numbers are shares from 0 to 1; the chance of {} % is that of one audit, not of many until one pleases.</source>
        <translation>Exécute le réseau complet sur au plus {} blocs d'une exécution conservée, tirés au sort, et dit quelle part des pixels diffère de la pleine profondeur : d'après ces blocs, et au plus sur tous les blocs, sûr à {} %. La comparaison se fait avec le réseau complet, jamais avec la vérité.

Dossier de l'exécution : d'une exécution terminée à ce seuil. Le raster et le modèle doivent être là où ils étaient.
Seuil : en nats ; sans lui, celui pour lequel l'exécution a été faite.
Part permise : au lieu d'auditer le seuil, trouver le plus rapide qui change au plus cette part des pixels, comme 0.01. Il est cherché dans le même échantillon.

Rapport : ce qui a été trouvé, en une page HTML. Les nombres sont des parts de 0 à 1 ; les {} % valent pour un seul audit, pas pour plusieurs jusqu'à ce que l'un plaise.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Share that differs, at most</source>
        <translation>Part qui diffère, au plus</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Share that differs, in the sample</source>
        <translation>Part qui diffère, dans l'échantillon</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>The fastest threshold that changes at most {} of the pixels: {:.4f} nats. </source>
        <translation>Le seuil le plus rapide qui change au plus {} des pixels : {:.4f} nats. </translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>The model {} has one exit, so there is nothing that leaves early.</source>
        <translation>Le modèle {} n'a qu'une sortie, rien ne sort donc tôt.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Threshold</source>
        <translation>Seuil</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Threshold (nats)</source>
        <translation>Seuil (nats)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>Threshold that this holds for (nats)</source>
        <translation>Seuil pour lequel cela vaut (nats)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>What was found, in words</source>
        <translation>Ce qui a été trouvé, en mots</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/audit.py"/>
        <source>{} block(s) of the run wait for their exit at this threshold. Run Segment raster with the same settings and folder, then audit.</source>
        <translation>{} bloc(s) de l'exécution attendent leur sortie à ce seuil. Lancez « Segmenter un raster » avec les mêmes réglages et le même dossier, puis auditez.</translation>
    </message>
</context>
<context>
    <name>BandChooser</name>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>&amp;Sensor</source>
        <translation>&amp;Capteur</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>&amp;Values</source>
        <translation>&amp;Valeurs</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>Choose under Bands and values what the numbers of this raster mean.</source>
        <translation>Choisissez sous Bandes et valeurs ce que signifient les nombres de ce raster.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>Choose under Bands and values which band is {}.</source>
        <translation>Choisissez sous Bandes et valeurs quelle bande est {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>Every band is missing: choose at least one under Bands and values.</source>
        <translation>Toutes les bandes manquent : choisissez-en au moins une sous Bandes et valeurs.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>What a number stored in the raster means</source>
        <translation>Ce que signifie un nombre enregistré dans le raster</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>Which satellite took the picture; another choice proposes bands and values anew</source>
        <translation>Quel satellite a pris l'image ; un autre choix propose à nouveau bandes et valeurs</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>Without {} the model makes more mistakes.</source>
        <translation>Sans {} le modèle fait plus d'erreurs.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>band {}</source>
        <translation>bande {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>band {} for all</source>
        <translation>bande {} pour toutes</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>choose ...</source>
        <translation>choisir ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>missing</source>
        <translation>absente</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>no {}</source>
        <translation>pas de {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>not recognised</source>
        <translation>non reconnu</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/bands.py"/>
        <source>{} to {} nm</source>
        <translation>{} à {} nm</translation>
    </message>
</context>
<context>
    <name>BlinkRow</name>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source> nats</source>
        <translation> nats</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source>Blink with</source>
        <translation>Clignoter avec</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source>Second threshold in nats</source>
        <translation>Second seuil en nats</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source>Show the slider's threshold and this one in turn, from what is known; computes nothing</source>
        <translation>Montre tour à tour le seuil du curseur et celui-ci, d'après ce qui est connu ; ne calcule rien</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source>shown: the slider's</source>
        <translation>affiché : celui du curseur</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/blink.py"/>
        <source>shown: this</source>
        <translation>affiché : celui-ci</translation>
    </message>
</context>
<context>
    <name>CloudRows</name>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>A tile is skipped where more of its pixels are cloudy</source>
        <translation>Une tuile est sautée là où plus de ses pixels sont nuageux</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>C&amp;louds</source>
        <translation>Nua&amp;ges</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Choose a cloud mask that is a file, or compute all tiles.</source>
        <translation>Choisissez un masque de nuages qui soit un fichier, ou calculez toutes les tuiles.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Clou&amp;dy values</source>
        <translation>Valeurs n&amp;uageuses</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Cloud mas&amp;k</source>
        <translation>Mas&amp;que de nuages</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Cloudy values must be whole numbers with commas between them, like 1,2.</source>
        <translation>Les valeurs nuageuses doivent être des nombres entiers séparés par des virgules, comme 1,2.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Compute all tiles</source>
        <translation>Calculer toutes les tuiles</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Find clouds first, skip cloudy tiles</source>
        <translation>Trouver d'abord les nuages, sauter les tuiles nuageuses</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Say which values of the cloud mask are clouds, like 1,2.</source>
        <translation>Indiquez quelles valeurs du masque de nuages sont des nuages, par exemple 1,2.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Skip a&amp;bove</source>
        <translation>Sauter au-de&amp;ssus de</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Skip those that a mask calls cloudy</source>
        <translation>Sauter celles qu'un masque dit nuageuses</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Skip those that the recipe names</source>
        <translation>Sauter celles que la recette nomme</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Skipped tiles are nodata in the result and counted apart</source>
        <translation>Les tuiles sautées sont sans données dans le résultat et comptées à part</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>The chosen model finds clouds itself: compute all tiles.</source>
        <translation>Le modèle choisi trouve lui-même les nuages : calculez toutes les tuiles.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/clouds.py"/>
        <source>Values of the mask that are clouds, with commas between them</source>
        <translation>Valeurs du masque qui sont des nuages, séparées par des virgules</translation>
    </message>
</context>
<context>
    <name>DetectClouds</name>
    <message>
        <location filename="../../plugin/processing/clouds.py"/>
        <source>Cloud shadows, % of the valid pixels</source>
        <translation>Ombres de nuages, % des pixels valides</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/clouds.py"/>
        <source>Detect clouds</source>
        <translation>Détecter les nuages</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/clouds.py"/>
        <source>Finds clouds in a Landsat or Sentinel-2 scene and says which share of it they cover. It is Segment raster with the model of clouds, whose bands may be missing: the more of blue, green, red, NIR, SWIR1 and SWIR2 there are, the better. Of cloud shadows a fifth is found so far: see the model card.

Bands: for blue, green, red, nir, swir1, swir2 the number of the raster's band, like 2,3,4,8,11,12; 0 where one is missing. Empty: by their names.
Values: what the stored numbers mean, as in Segment raster: unit, file, sentinel2, sentinel2_offset, landsat_l1 or landsat_l2. automatic: as the raster's name or header says.
Threshold, extent, tile, compute with, run folder: as in Segment raster.

Mask: 0 clear, 1 thin cloud, 2 cloud, 3 cloud shadow, 255 where there is no data. Entropy and polygons: as in Segment raster. Cloud cover is that of thin cloud and cloud together. Cover, of shadows and of each class too, is in percent of the pixels that hold data.</source>
        <translation>Trouve les nuages dans une scène Landsat ou Sentinel-2 et dit quelle part ils en couvrent. C'est « Segmenter un raster » avec le modèle des nuages, dont des bandes peuvent manquer : plus il y a de bleu, vert, rouge, NIR, SWIR1 et SWIR2, mieux c'est. Des ombres de nuages, un cinquième est trouvé jusqu’ici : voir la fiche du modèle.

Bandes : pour blue, green, red, nir, swir1, swir2 le numéro de la bande du raster, comme 2,3,4,8,11,12 ; 0 où une manque. Vide : selon leurs noms.
Valeurs : ce que signifient les nombres enregistrés, comme dans « Segmenter un raster » : unit, file, sentinel2, sentinel2_offset, landsat_l1 ou landsat_l2. automatic : comme le disent le nom ou l'en-tête du raster.
Seuil, emprise, tuile, calculer avec, dossier de l'exécution : comme dans « Segmenter un raster ».

Masque : 0 clair, 1 nuage fin, 2 nuage, 3 ombre de nuage, 255 sans données. Entropie et polygones : comme dans « Segmenter un raster ». La couverture nuageuse est celle des nuages fins et épais ensemble. La couverture, aussi des ombres et de chaque classe, est en pour cent des pixels avec données.</translation>
    </message>
</context>
<context>
    <name>DeviceRows</name>
    <message>
        <location filename="../../plugin/gui/device.py"/>
        <source>Compute &amp;with</source>
        <translation>Calculer &amp;avec</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/device.py"/>
        <source>Runs on {}, if that works</source>
        <translation>S'exécute sur {}, si cela fonctionne</translation>
    </message>
</context>
<context>
    <name>DockWidgets</name>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>&amp;Extent</source>
        <translation>&amp;Emprise</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>&amp;Model</source>
        <translation>&amp;Modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>&amp;Raster</source>
        <translation>&amp;Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>&amp;Tile</source>
        <translation>&amp;Tuile</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Add the file to the project</source>
        <translation>Ajouter le fichier au projet</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Bands and values</source>
        <translation>Bandes et valeurs</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Entropy in nats as GeoTIFF, with its colours</source>
        <translation>Entropie en nats en GeoTIFF, avec ses couleurs</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Estimated from places that the model was not trained on; your raster may differ</source>
        <translation>Estimé sur des lieux où le modèle n'a pas été entraîné ; votre raster peut être différent</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Exit threshold</source>
        <translation>Seuil de sortie</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Exits</source>
        <translation>Sorties</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Folder for the results</source>
        <translation>Dossier pour les résultats</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Heatmap ...</source>
        <translation>Carte d'entropie ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Help (F1)</source>
        <translation>Aide (F1)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Look closer</source>
        <translation>De plus près</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Map, areas, exits, audit, parameters and versions on one page (HTML) that needs nothing else</source>
        <translation>Carte, surfaces, sorties, audit, paramètres et versions sur une page (HTML) qui n'a besoin de rien d'autre</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Mask ...</source>
        <translation>Masque ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Open a scene of many files (.SAFE, Landsat with MTL.txt, folder of bands) as one raster</source>
        <translation>Ouvrir une scène de plusieurs fichiers (.SAFE, Landsat avec MTL.txt, dossier de bandes) comme un seul raster</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Open scene</source>
        <translation>Ouvrir une scène</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Open the help page, which lies on this computer, in the browser</source>
        <translation>Ouvrir dans le navigateur la page d'aide, qui se trouve sur cet ordinateur</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Polygons ...</source>
        <translation>Polygones ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Raster and model</source>
        <translation>Raster et modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Recent ...</source>
        <translation>Récentes ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Recent runs: show, repeat or change one, find its folder, delete it</source>
        <translation>Exécutions récentes : en afficher, répéter ou modifier une, trouver son dossier, la supprimer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Repeat ...</source>
        <translation>Répéter ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Report ...</source>
        <translation>Rapport ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Results &amp;in</source>
        <translation>Résultats &amp;dans</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Review</source>
        <translation>Revue</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Run</source>
        <translation>Exécuter</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Run again what a recipe says: recipe.json lies in the folder of every run</source>
        <translation>Exécuter à nouveau ce que dit une recette : recipe.json se trouve dans le dossier de chaque exécution</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Side of what is computed at once: large tiles are faster, small ones need less memory</source>
        <translation>Côté de ce qui est calculé d'un coup : les grandes tuiles sont plus rapides, les petites demandent moins de mémoire</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Skip empty areas by a coarse look</source>
        <translation>Sauter les zones vides après un regard grossier</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>The classes as polygons along pixel edges (GeoPackage), with area and certainty</source>
        <translation>Les classes en polygones le long des bords de pixels (GeoPackage), avec surface et certitude</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>What explains the threshold</source>
        <translation>Ce qui explique le seuil</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>What the mask shows as GeoTIFF, with its colours</source>
        <translation>Ce que montre le masque en GeoTIFF, avec ses couleurs</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Where</source>
        <translation>Où</translation>
    </message>
</context>
<context>
    <name>EngineError</name>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>Another run is writing into {path} right now. Wait until it has ended, or cancel it, then try again.</source>
        <translation>Une autre exécution écrit en ce moment dans {path}. Attendez qu'elle soit finie, ou annulez-la, puis réessayez.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>It is not known what the numbers of {name} mean. Choose it under Values; in toolbox and Python VALUES and values= take one of {known} for this model.</source>
        <translation>On ne sait pas ce que signifient les nombres de {name}. Choisissez-le sous Valeurs ; dans la boîte à outils et en Python, VALUES et values= prennent pour ce modèle l'un de {known}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>Read as "{choice}", {name} would hold reflectances from {low} to {high}, where 0 to 1 is natural. Choose another entry of Values (in Python values=).</source>
        <translation>Lu comme « {choice} », {name} contiendrait des réflectances de {low} à {high}, alors que 0 à 1 est naturel. Choisissez une autre entrée de Valeurs (en Python values=).</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The Dask scheduler {address} cannot be used: {reason}. What was done before is kept: start again, and the collection goes on from there.</source>
        <translation>L’ordonnanceur Dask {address} est inutilisable : {reason}. Ce qui était fait est conservé : relancez, et la collection reprend à cet endroit.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The bands of {name} do not fit together: {reason}. Bring them to one coordinate system and extent with Raster &gt; Projections &gt; Warp, or take the file that does not belong out of the folder.</source>
        <translation>Les bandes de {name} ne vont pas ensemble : {reason}. Amenez-les à un seul système de coordonnées et une seule emprise avec Raster &gt; Projections &gt; Projection (warp), ou ôtez du dossier le fichier qui n'y appartient pas.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The extent lies outside of the results of {name}, so there is nothing to export. Move the map or choose another extent.</source>
        <translation>L'emprise est hors des résultats de {name}, il n'y a donc rien à exporter. Déplacez la carte ou choisissez une autre emprise.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The model file {path} is damaged: {reason}. Nothing was run. Install Exitwise again, or choose another model.</source>
        <translation>Le fichier de modèle {path} est endommagé : {reason}. Rien n'a été exécuté. Réinstallez Exitwise ou choisissez un autre modèle.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The model file {path} is missing. Install Exitwise again, or choose another model.</source>
        <translation>Le fichier de modèle {path} manque. Réinstallez Exitwise ou choisissez un autre modèle.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The model {name} has no gate, so it cannot skip empty areas by a coarse look. Switch that off, or choose another model.</source>
        <translation>Le modèle {name} n'a pas de réseau pour un regard grossier et ne peut pas sauter les zones vides. Désactivez cela, ou choisissez un autre modèle.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The network {path} stopped: {reason}. What was recorded before is kept. Choose smaller tiles if memory ran out, or another model.</source>
        <translation>Le réseau {path} s'est arrêté : {reason}. Ce qui était enregistré est gardé. Choisissez des tuiles plus petites si la mémoire a manqué, ou un autre modèle.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The pixels of {name} measure {gsd} m on the ground; this model needs {coarsest} m or finer. Choose a sharper raster or another model.</source>
        <translation>Les pixels de {name} mesurent {gsd} m au sol ; ce modèle demande {coarsest} m ou plus fin. Choisissez un raster plus net ou un autre modèle.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The run in {path} cannot be read: {reason}. Segment the raster again, with another folder for results, or after this one is deleted.</source>
        <translation>L'exécution dans {path} est illisible : {reason}. Segmentez à nouveau le raster, avec un autre dossier pour les résultats, ou après avoir supprimé celui-ci.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The run in {path} cannot go on: {reason}. Segment the raster again, and choose that run.</source>
        <translation>L'exécution dans {path} ne peut pas continuer : {reason}. Segmentez à nouveau le raster, et choisissez cette exécution-là.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>There are no scenes to segment in {name}: {reason}.</source>
        <translation>Il n’y a pas de scènes à segmenter dans {name} : {reason}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>There is a model named {name} already. Give another name, or ask for it to be replaced.</source>
        <translation>Il y a déjà un modèle nommé {name}. Donnez un autre nom, ou demandez à le remplacer.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>There is no folder {path}. Choose a run folder: one that holds a run.json.</source>
        <translation>Le dossier {path} n'existe pas. Choisissez un dossier d'exécution : un dossier qui contient un run.json.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>There is no model named {name}, and no such folder. Give one of {known}, or a folder with a manifest.json.</source>
        <translation>Il n'y a pas de modèle nommé {name}, ni de dossier de ce nom. Donnez-en un parmi {known}, ou un dossier avec un manifest.json.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>There is nothing to segment in {name}: {reason}. Choose another extent or layer.</source>
        <translation>Il n'y a rien à segmenter dans {name} : {reason}. Choisissez une autre emprise ou une autre couche.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>Tiles of {tile} pixels cannot be used: choose a multiple of {step} up to {largest}.</source>
        <translation>Des tuiles de {tile} pixels ne conviennent pas : choisissez un multiple de {step} jusqu'à {largest}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>onnxruntime, which runs the networks, cannot be imported ({reason}). Install it in QGIS under Settings &gt; Options &gt; Exitwise; outside of QGIS with `pip install onnxruntime`.</source>
        <translation>onnxruntime, qui exécute les réseaux, ne peut pas être importé ({reason}). Installez-le dans QGIS sous Préférences &gt; Options &gt; Exitwise ; hors de QGIS avec `pip install onnxruntime`.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} cannot be opened as a scene: {reason}. Choose a .SAFE folder or MTD_MSIL*.xml of Sentinel-2, an MTL.txt of Landsat, or a folder with one file per band.</source>
        <translation>{name} ne peut pas être ouvert comme scène : {reason}. Choisissez un dossier .SAFE ou un MTD_MSIL*.xml de Sentinel-2, un MTL.txt de Landsat, ou un dossier avec un fichier par bande.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} cannot be reached over the network: {reason}. What was recorded before is kept: run again once it can be reached, and the run goes on from there.</source>
        <translation>{name} est injoignable par le réseau : {reason}. Ce qui était enregistré est conservé : relancez dès que l’accès revient, et le calcul reprend à cet endroit.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} cannot be read: a part of it is damaged or missing. Copy or download it again, or choose another raster. ({reason})</source>
        <translation>{name} est illisible : une partie en est endommagée ou manque. Copiez-le ou téléchargez-le à nouveau, ou choisissez un autre raster. ({reason})</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} cannot be read: {reason}. Check that the file still exists and opens in QGIS.</source>
        <translation>{name} ne peut pas être lu : {reason}. Vérifiez que le fichier existe encore et s'ouvre dans QGIS.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} cannot say which tiles are cloudy: {reason}. Choose another cloud mask, or compute all tiles.</source>
        <translation>{name} ne peut pas dire quelles tuiles sont nuageuses : {reason}. Choisissez un autre masque de nuages, ou calculez toutes les tuiles.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} does not say where its pixels lie on the ground. Put its world file beside it, or place it with QGIS (Layer &gt; Georeferencer), then run again.</source>
        <translation>{name} ne dit pas où ses pixels se trouvent au sol. Placez son fichier world à côté, ou calez-le avec QGIS (Couche &gt; Géoréférencer), puis relancez.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} does not work here, so the CPU computes: {reason}. Update its driver and onnxruntime, or choose the CPU to see this no more.</source>
        <translation>{name} ne fonctionne pas ici, c'est donc le CPU qui calcule : {reason}. Mettez à jour son pilote et onnxruntime, ou choisissez le CPU pour ne plus voir ce message.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} has no coordinate reference system, so the size of its pixels on the ground is unknown. Assign one (in QGIS with Layer &gt; Set CRS of Layer(s), elsewhere with gdal_edit.py -a_srs), then run again.</source>
        <translation>{name} n'a pas de système de coordonnées de référence : la taille de ses pixels au sol est inconnue. Attribuez-en un (dans QGIS avec Couche &gt; Définir le SCR de la couche, ailleurs avec gdal_edit.py -a_srs), puis relancez.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} has {found} band(s); the model still needs: {needed}. Say which bands they are (Bands, in Python bands=), or choose a model with fewer bands.</source>
        <translation>{name} a {found} bande(s) ; il manque encore au modèle : {needed}. Dites quelles bandes ce sont (Bandes, en Python bands=), ou choisissez un modèle avec moins de bandes.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} is no 8-bit picture: it holds numbers from {low} to {high} ({data_type}), where 0 to 255 is natural. Choose "{choice}" under Values; in toolbox and Python that is {key}.</source>
        <translation>{name} n'est pas une image 8 bits : il contient des nombres de {low} à {high} ({data_type}), alors que 0 à 255 est naturel. Choisissez « {choice} » sous Valeurs ; dans la boîte à outils et en Python, c'est {key}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} is no mask that Exitwise exported: nothing in it names its classes. Choose a mask as Exitwise writes it, or a run folder.</source>
        <translation>{name} n'est pas un masque exporté par Exitwise : rien n'y nomme ses classes. Choisissez un masque tel qu'Exitwise l'écrit, ou un dossier d'exécution.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} is too large: {reason}. Choose a smaller extent, or make a coarser copy with Raster &gt; Projections &gt; Warp.</source>
        <translation>{name} est trop grand : {reason}. Choisissez une emprise plus petite, ou faites une copie plus grossière avec Raster &gt; Projections &gt; Projection (warp).</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} is {kind}; a mask in its place would be wrong. Make a north-up copy (in QGIS with Raster &gt; Projections &gt; Warp, elsewhere with gdalwarp), then run on the copy.</source>
        <translation>{name} est {kind} ; un masque à sa place serait faux. Faites une copie orientée au nord (dans QGIS avec Raster &gt; Projections &gt; Projection (warp), ailleurs avec gdalwarp), puis lancez sur la copie.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} cannot be imported: {reason}.</source>
        <translation>{path} ne peut pas être importé : {reason}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} cannot be written: the disk has no room for it. Free some space or choose a folder on another disk, then try again.</source>
        <translation>{path} ne peut pas être écrit : il n'y a pas assez de place sur le disque. Libérez de l'espace ou choisissez un dossier sur un autre disque, puis réessayez.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} cannot be written: {reason}. Choose another folder or name, then try again.</source>
        <translation>{path} ne peut pas être écrit : {reason}. Choisissez un autre dossier ou un autre nom, puis réessayez.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} cannot be written: {reason}. What was recorded before is kept; free some space or choose another folder, then run again.</source>
        <translation>{path} ne peut pas être écrit : {reason}. Ce qui était enregistré est gardé ; libérez de la place ou choisissez un autre dossier, puis relancez.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} does not describe a model that this version can run: {reason}.</source>
        <translation>{path} ne décrit pas un modèle que cette version puisse exécuter : {reason}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} does not say all that is needed to run it. Still to be given: {missing}.</source>
        <translation>{path} ne dit pas tout ce qu'il faut pour l'exécuter. Reste à donner : {missing}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} holds the results of a collection that was made with the model {held}; this one is to be made with {asked}. Nothing was changed. Choose another folder for the results.</source>
        <translation>{path} contient les résultats d'une collection faite avec le modèle {held} ; celle-ci doit être faite avec {asked}. Rien n'a été modifié. Choisissez un autre dossier pour les résultats.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} is no recipe that can be repeated here: {reason}. Choose another file, or run by hand.</source>
        <translation>{path} n'est pas une recette qui puisse être répétée ici : {reason}. Choisissez un autre fichier, ou exécutez à la main.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} is no run folder, and of the folders in it {count} are. Choose one that holds a run.json.</source>
        <translation>{path} n'est pas le dossier d'une exécution, et parmi les dossiers qu'il contient, {count} le sont. Choisissez-en un qui contient un run.json.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} is too new for the installed onnxruntime: it is written in {kind} {found}, and onnxruntime {runtime} reads up to {most}. Install a newer one, or export the model with {kind} {most}.</source>
        <translation>{path} est trop récent pour l'onnxruntime installé : il est écrit en {kind} {found}, et onnxruntime {runtime} lit jusqu'à {most}. Installez-en un plus récent, ou exportez le modèle avec {kind} {most}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{path} was not deleted, or not all of it: {reason}.</source>
        <translation>{path} n'a pas été supprimé, ou pas entièrement : {reason}.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{what} needs the Python package {package}, which cannot be imported ({reason}). Install it with `pip install {package}` into the Python that runs this, then start again.</source>
        <translation>{what} a besoin du paquet Python {package}, qui ne peut être importé ({reason}). Installez-le avec `pip install {package}` dans le Python qui exécute ceci, puis relancez.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{what} was cancelled; nothing half-written is left.</source>
        <translation>{what} a été annulé ; rien d'à moitié écrit ne reste.</translation>
    </message>
</context>
<context>
    <name>ExitChart</name>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Drag the line, or use the arrow keys, to move the threshold.</source>
        <translation>Faites glisser la ligne, ou utilisez les flèches, pour déplacer le seuil.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Exit chart</source>
        <translation>Graphique des sorties</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Exit {}</source>
        <translation>Sortie {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Exit {}: blocks that score below the threshold: {} of {}.</source>
        <translation>Sortie {} : blocs dont le score est au-dessous du seuil : {} sur {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Saved</source>
        <translation>Gagné</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>Saved: {} of the MACs.</source>
        <translation>Économisé : {} des MACs.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>The scores of the blocks appear here once some are computed.</source>
        <translation>Les scores des blocs apparaissent ici dès que certains sont calculés.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>This model has a single stage, so there is no threshold to choose.</source>
        <translation>Ce modèle n'a qu'une étape, il n'y a donc pas de seuil à choisir.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_chart.py"/>
        <source>square-root scale</source>
        <translation>échelle en racine carrée</translation>
    </message>
</context>
<context>
    <name>ExitTable</name>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Blocks</source>
        <translation>Blocs</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Blocks and computation by exit</source>
        <translation>Blocs et calcul par sortie</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Blocks: parts of the raster that leave one by one, for some models whole tiles.
MACs: multiply-accumulates, the unit of a network's work, as a fresh run at this threshold spends them: on the way to the exit, and saved where blocks had left before.
Coarse: blocks that a coarse look found empty; they are no part of the total</source>
        <translation>Blocs : parties du raster qui sortent une à une, pour certains modèles des tuiles entières.
MACs : multiplications-additions, l'unité du travail d'un réseau, telles qu'une nouvelle exécution à ce seuil les dépense : sur le chemin de la sortie, et économisées là où des blocs étaient sortis avant.
Grossier : blocs qu'un regard grossier a trouvés vides ; ils ne font pas partie du total</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Cloudy</source>
        <translation>Nuageux</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Coarse</source>
        <translation>Grossier</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Exit</source>
        <translation>Sortie</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>MACs saved</source>
        <translation>MACs économisés</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>MACs spent</source>
        <translation>MACs dépensés</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exit_table.py"/>
        <source>Total</source>
        <translation>Total</translation>
    </message>
</context>
<context>
    <name>Exitwise</name>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source> The block left out is not part of it.</source>
        <translation> Le bloc laissé de côté n'en fait pas partie.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source> The {} blocks left out are not part of it.</source>
        <translation> Les {} blocs laissés de côté n'en font pas partie.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>, read {} of {} MB</source>
        <translation>, {} Mo lus sur {}</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>8-bit picture (0 to 255)</source>
        <translation>Image 8 bits (0 à 255)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>A threshold of {} nats is not possible with the model {}. Give one from 0 (every block is computed to full depth) to {}, its largest entropy (every block leaves at the first exit).</source>
        <translation>Un seuil de {} nats n'est pas possible avec le modèle {}. Donnez-en un de 0 (chaque bloc est calculé à pleine profondeur) à {}, sa plus grande entropie (chaque bloc sort à la première sortie).</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/preflight.py"/>
        <source>About {} at the first exit, {} at full depth.</source>
        <translation>Environ {} à la première sortie, {} à pleine profondeur.</translation>
    </message>
    <message>
        <location filename="../../plugin/choice.py"/>
        <source>Add a raster layer to the project first.</source>
        <translation>Ajoutez d'abord une couche raster au projet.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Audited in {}: exactly {} of the pixels differ from full depth.</source>
        <translation>Audité en {} : exactement {} des pixels diffèrent de la pleine profondeur.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Audited on {} blocks in {}: by these, {} of the pixels differ from full depth, and over all blocks at most {}, {:.0f} % sure.</source>
        <translation>Audité sur {} blocs en {} : d'après ceux-ci, {} des pixels diffèrent de la pleine profondeur, et sur tous les blocs au plus {}, sûr à {:.0f} %.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>Bands must be numbers with commas between them, like 3,2,1; not {}.</source>
        <translation>Les bandes doivent être des nombres séparés par des virgules, comme 3,2,1 ; pas {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/folder.py"/>
        <source>Browse: {}</source>
        <translation>Parcourir : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>By the scene's metadata file</source>
        <translation>Selon le fichier de métadonnées de la scène</translation>
    </message>
    <message>
        <location filename="../../plugin/web_map.py"/>
        <source>Choose a smaller extent: this one of {} would be {} Mpx in {} tiles to fetch.</source>
        <translation>Choisissez une emprise plus petite : celle-ci, de {}, demanderait de télécharger {} Mpx en {} tuiles.</translation>
    </message>
    <message>
        <location filename="../../plugin/web_map.py"/>
        <source>Choose an extent: all of {} would be {} Mpx in {} tiles to fetch.</source>
        <translation>Choisissez une emprise : {} en entier demanderait de télécharger {} Mpx en {} tuiles.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Cloud cover: {} % of the valid pixels.</source>
        <translation>Couverture nuageuse : {} % des pixels valides.</translation>
    </message>
    <message>
        <location filename="../../plugin/layers.py"/>
        <source>Entropy (nats)</source>
        <translation>Entropie (nats)</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>Exit {}</source>
        <translation>Sortie {}</translation>
    </message>
    <message>
        <location filename="../../plugin/layers.py"/>
        <source>Exits</source>
        <translation>Sorties</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/progress.py"/>
        <source>Fetching tiles: {} of {}</source>
        <translation>Téléchargement des tuiles : {} sur {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/running.py"/>
        <source>Finding clouds, tiles done: {} of {}</source>
        <translation>Recherche des nuages, tuiles faites : {} sur {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>Incorrect parameter value for {}: {}. Give a name, one of: {}.</source>
        <translation>Valeur incorrecte pour {} : {}. Donnez un nom parmi : {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/choice.py"/>
        <source>It was imported: import it once more, or delete the folder {}.</source>
        <translation>Il a été importé : importez-le de nouveau, ou supprimez le dossier {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/web_map.py"/>
        <source>Its tiles were fetched before ({} m on the ground).</source>
        <translation>Ses tuiles ont déjà été téléchargées ({} m au sol).</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>Kept runs</source>
        <translation>Exécutions conservées</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Landsat Level-1 digital numbers</source>
        <translation>Comptes numériques Landsat niveau 1</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Landsat Level-2 digital numbers</source>
        <translation>Comptes numériques Landsat niveau 2</translation>
    </message>
    <message>
        <location filename="../../plugin/layers.py"/>
        <source>Mask</source>
        <translation>Masque</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Of the valid pixels: {}.</source>
        <translation>Parmi les pixels valides : {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/preflight.py"/>
        <source>Only {} are free there.</source>
        <translation>Il n'y a que {} de libres à cet endroit.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Picture from 0 to 1</source>
        <translation>Image de 0 à 1</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/preflight.py"/>
        <source>Ready: {} Mpx, at most {} on disk.</source>
        <translation>Prêt : {} Mpx, au plus {} sur le disque.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Reflectance from 0 to 1</source>
        <translation>Réflectance de 0 à 1</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Runs on CPU, 1 thread</source>
        <translation>S'exécute sur le CPU, 1 thread</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Runs on CPU, {} threads</source>
        <translation>S'exécute sur le CPU, {} threads</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>Runs on {}</source>
        <translation>S'exécute sur {}</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Scale and offset stored in the file</source>
        <translation>Échelle et décalage enregistrés dans le fichier</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>Segment</source>
        <translation>Segmenter</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Sentinel-2 (reflectance x 10,000)</source>
        <translation>Sentinel-2 (réflectance x 10 000)</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Sentinel-2 since 2022 (offset -1,000)</source>
        <translation>Sentinel-2 depuis 2022 (décalage -1 000)</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Stretch from 2 % to 98 % of the values</source>
        <translation>Étirement de 2 % à 98 % des valeurs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>There is no model named {}.</source>
        <translation>Il n'y a pas de modèle nommé {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/preflight.py"/>
        <source>This may need {} on disk, more than the {} that a run is allowed. Choose a smaller extent, or allow more under Settings &gt; Options &gt; Exitwise.</source>
        <translation>Cela peut demander {} sur le disque, plus que les {} permis à une exécution. Choisissez une emprise plus petite, ou permettez plus sous Préférences &gt; Options &gt; Exitwise.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/running.py"/>
        <source>Tiles done: {} of {}, {} per second</source>
        <translation>Tuiles faites : {} sur {}, {} par seconde</translation>
    </message>
    <message>
        <location filename="../../plugin/web_map.py"/>
        <source>Tiles of {} that could not be fetched: {}. They are nodata; delete {} to fetch all anew.</source>
        <translation>Tuiles de {} qui n'ont pas pu être téléchargées : {}. Elles sont sans données ; supprimez {} pour tout télécharger à nouveau.</translation>
    </message>
    <message>
        <location filename="../../plugin/web_map.py"/>
        <source>Tiles to fetch first: {} ({} m on the ground), from {}: check that its terms allow it.</source>
        <translation>Tuiles à chercher d'abord : {} ({} m au sol), chez {} : vérifiez que ses conditions le permettent.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>as chosen</source>
        <translation>tel que choisi</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>by its metadata</source>
        <translation>selon ses métadonnées</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>by its name</source>
        <translation>selon son nom</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>by the names of its bands</source>
        <translation>selon les noms de ses bandes</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>by {}</source>
        <translation>selon {}</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>found empty by the coarse look</source>
        <translation>trouvé vide par le regard grossier</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/repeating.py"/>
        <source>its model, {}, is not installed</source>
        <translation>son modèle, {}, n'est pas installé</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/repeating.py"/>
        <source>its raster {} cannot be opened</source>
        <translation>son raster {} ne peut pas être ouvert</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>less than a second</source>
        <translation>moins d'une seconde</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>no result</source>
        <translation>pas de résultat</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>skipped: cloudy</source>
        <translation>sauté : nuageux</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>valid</source>
        <translation>valide</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <location filename="../../plugin/wheel.py"/>
        <source>{} cannot be read: {}.</source>
        <translation>{} ne peut pas être lu : {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>{} cannot be written: there is no folder {}. Make it or choose another.</source>
        <translation>{} ne peut pas être écrit : il n'y a pas de dossier {}. Créez-le ou choisissez-en un autre.</translation>
    </message>
    <message>
        <location filename="../../plugin/wheel.py"/>
        <source>{} holds a path that leads out of its folder: {}. Nothing was installed.</source>
        <translation>{} contient un chemin qui sort de son dossier : {}. Rien n'a été installé.</translation>
    </message>
    <message>
        <location filename="../../plugin/choice.py"/>
        <source>{} is not a file but comes from a service ({}). Save it as GeoTIFF first: right-click the layer, Export, Save As.</source>
        <translation>{} n'est pas un fichier mais vient d'un service ({}). Enregistrez-le d'abord en GeoTIFF : clic droit sur la couche, Exporter, Enregistrer sous.</translation>
    </message>
    <message>
        <location filename="../../plugin/wheel.py"/>
        <source>{} is not a wheel of {} {} as published, or was damaged on its way. Nothing was installed.</source>
        <translation>{} n'est pas un wheel de {} {} tel que publié, ou a été endommagé en route. Rien n'a été installé.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/base.py"/>
        <source>{} would be a {} under another name. Choose a name that ends in {}.</source>
        <translation>{} serait un {} sous un autre nom. Choisissez un nom qui finit par {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/sentences.py"/>
        <source>{}, because {name} does not work: {reason}</source>
        <translation>{}, car {name} ne fonctionne pas : {reason}</translation>
    </message>
</context>
<context>
    <name>ExitwiseDock</name>
    <message>
        <location filename="../../plugin/gui/model_options.py"/>
        <source> (the model's own)</source>
        <translation> (celle du modèle)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_options.py"/>
        <source>A small network looks at the raster from afar first. What it finds nothing in is neither read nor computed, and the mask is empty there. It reads less where the file has overviews (pyramids); whether it is faster depends on the ground</source>
        <translation>Un petit réseau regarde d'abord le raster de loin. Là où il ne trouve rien, rien n'est lu ni calculé, et le masque y est vide. Il lit moins si le fichier a des aperçus (pyramides) ; le gain de temps dépend du terrain</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>An export is going. Wait for its end or cancel it, then export again.</source>
        <translation>Un export est en cours. Attendez sa fin ou annulez-le, puis exportez de nouveau.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Blocks that wait for their exit: {}. Press Run to continue.</source>
        <translation>Blocs qui attendent leur sortie : {}. Appuyez sur Exécuter pour continuer.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Blocks to compute once the slider rests: {}.</source>
        <translation>Blocs à calculer dès que le curseur est au repos : {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Blocks to compute: {}, about {}.</source>
        <translation>Blocs à calculer : {}, environ {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Cancelling ...</source>
        <translation>Annulation ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/chosen.py"/>
        <source>Choose a folder for the results.</source>
        <translation>Choisissez un dossier pour les résultats.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/chosen.py"/>
        <source>Choose a folder for the results: none can be made beside this raster.</source>
        <translation>Choisissez un dossier pour les résultats : aucun ne peut être créé à côté de ce raster.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Done: {} of the full computation saved.</source>
        <translation>Terminé : {} du calcul complet économisé.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Each run gets a folder of its own in here</source>
        <translation>Chaque exécution reçoit ici son propre dossier</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Exitwise</source>
        <translation>Exitwise</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Expected: {} of the pixels differ from full depth.</source>
        <translation>Attendu : {} des pixels diffèrent de la pleine profondeur.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Export cancelled; nothing was written.</source>
        <translation>Export annulé ; rien n'a été écrit.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Export the classes as polygons</source>
        <translation>Exporter les classes en polygones</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Export the entropy heatmap</source>
        <translation>Exporter la carte d'entropie</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Export the mask</source>
        <translation>Exporter le masque</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Export the report</source>
        <translation>Exporter le rapport</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Finding clouds, tiles done: {} of {}</source>
        <translation>Recherche des nuages, tuiles faites : {} sur {}</translation>
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
        <translation>Donnez le dossier des résultats avec son chemin complet, pas {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>It is not complete: {} block(s) were not computed and are empty or less exact in it. Press Run to continue, then export again.</source>
        <translation>Ce n'est pas complet : {} bloc(s) n'ont pas été calculés et y sont vides ou moins exacts. Appuyez sur Exécuter pour continuer, puis exportez de nouveau.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Left out beside that: {} block, {} of the whole.</source>
        <translation>De plus laissé de côté : {} bloc, {} du tout.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Left out beside that: {} blocks, {} of the whole.</source>
        <translation>De plus laissés de côté : {} blocs, {} du tout.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>No browser could be opened. The help page lies here: {}</source>
        <translation>Aucun navigateur n'a pu être ouvert. La page d'aide se trouve ici : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/chosen.py"/>
        <source>No files can be made in {}: {}. Choose another folder for the results.</source>
        <translation>Aucun fichier ne peut être créé dans {} : {}. Choisissez un autre dossier pour les résultats.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/chosen.py"/>
        <source>No model is installed. Install Exitwise again.</source>
        <translation>Aucun modèle n'est installé. Réinstallez Exitwise.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Nothing was run: onnxruntime is not installed.</source>
        <translation>Rien n'a été exécuté : onnxruntime n'est pas installé.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Reading the raster and loading the network ...</source>
        <translation>Lecture du raster et chargement du réseau ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Recipe (*.json)</source>
        <translation>Recette (*.json)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Repeat a run</source>
        <translation>Répéter une exécution</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Running the full network on blocks drawn by lot ...</source>
        <translation>Exécution du réseau complet sur des blocs tirés au sort ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/chosen.py"/>
        <source>The recipe names cloudy tiles of another extent or tile size. Choose under Clouds what to skip.</source>
        <translation>La recette nomme des tuiles nuageuses d'une autre emprise ou d'une autre taille de tuile. Choisissez sous Nuages ce qu'il faut sauter.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>There is nothing to export yet. Press Run first.</source>
        <translation>Il n'y a encore rien à exporter. Appuyez d'abord sur Exécuter.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_options.py"/>
        <source>This model has no network for a coarse look</source>
        <translation>Ce modèle n'a pas de réseau pour un regard grossier</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Tiles are being computed. Wait for the end or cancel it, then export again.</source>
        <translation>Des tuiles sont en cours de calcul. Attendez la fin ou annulez, puis exportez de nouveau.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/status.py"/>
        <source>Tiles done: {} of {}, {} per second, {} left</source>
        <translation>Tuiles faites : {} sur {}, {} par seconde, encore {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Web page (*.html)</source>
        <translation>Page web (*.html)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Writing {} ...</source>
        <translation>Écriture de {} ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>Written: {}</source>
        <translation>Écrit : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/exports.py"/>
        <source>{} exists already. Replace it?</source>
        <translation>{} existe déjà. Le remplacer ?</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_options.py"/>
        <source>{} pixels</source>
        <translation>{} pixels</translation>
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
        <translation>Segmenter un raster avec un réseau à sorties précoces</translation>
    </message>
</context>
<context>
    <name>ExportOptions</name>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>All of the run</source>
        <translation>Toute l'exécution</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Centrelines that end in the open are left out if they are shorter</source>
        <translation>Les lignes médianes à bout libre sont laissées de côté si elles sont plus courtes</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Export options</source>
        <translation>Options d'export</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Extent to export</source>
        <translation>Emprise à exporter</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Given extent</source>
        <translation>Emprise donnée</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Grow by</source>
        <translation>Agrandir de</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>In an exported mask, polygons and lines, what lies this near to a class is part of it</source>
        <translation>Dans les masques, polygones et lignes exportés, ce qui est aussi proche d'une classe en fait partie</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Least area</source>
        <translation>Plus petite surface</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Least dead end</source>
        <translation>Plus courte impasse</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Outlines cut the corners of pixels, half a pixel at most; areas stay those of the pixels</source>
        <translation>Les contours coupent les coins des pixels, d'un demi-pixel au plus ; les surfaces restent celles des pixels</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Part</source>
        <translation>Partie</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Round off the outlines of polygons</source>
        <translation>Arrondir les contours des polygones</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Smaller polygons are left out; the others stay as they are</source>
        <translation>Les polygones plus petits sont laissés de côté ; les autres restent tels quels</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>What the map shows now</source>
        <translation>Ce que la carte montre maintenant</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>Which part of the run goes into a file, in whole pixels of the run; not into a report</source>
        <translation>Quelle partie de l'exécution va dans un fichier, en pixels entiers de l'exécution ; pas dans un rapport</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>a part of {} x {} pixels</source>
        <translation>une partie de {} x {} pixels</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>classes grown by {} m</source>
        <translation>classes agrandies de {} m</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>of all of the run, as reports always are</source>
        <translation>de toute l'exécution, comme le sont toujours les rapports</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>outlines rounded off</source>
        <translation>contours arrondis</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>without dead ends below {} m</source>
        <translation>sans impasses de moins de {} m</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/export_options.py"/>
        <source>without polygons below {} m²</source>
        <translation>sans polygones de moins de {} m²</translation>
    </message>
</context>
<context>
    <name>ExtentChooser</name>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Add a polygon layer to the project, or choose another extent.</source>
        <translation>Ajoutez une couche de polygones au projet, ou choisissez une autre emprise.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Draw</source>
        <translation>Dessiner</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Draw a rectangle on the map</source>
        <translation>Dessiner un rectangle sur la carte</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Draw a rectangle on the map.</source>
        <translation>Dessinez un rectangle sur la carte.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Drawn rectangle</source>
        <translation>Rectangle dessiné</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Polygon layer</source>
        <translation>Couche de polygones</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Polygons of a layer</source>
        <translation>Polygones d'une couche</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/area.py"/>
        <source>Reading the polygons of {} ...</source>
        <translation>Lecture des polygones de {} …</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Selected features only</source>
        <translation>Entités sélectionnées uniquement</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>That of the recipe</source>
        <translation>Celle de la recette</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/area.py"/>
        <source>The extent cannot be brought to the CRS of {}: {}</source>
        <translation>L'emprise ne peut pas être transformée dans le SCR de {} : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>What the map shows now</source>
        <translation>Ce que la carte montre maintenant</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>Whole layer</source>
        <translation>Couche entière</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/area.py"/>
        <source>{} has no coordinate reference system, so nobody knows where its polygons lie. Assign one with Layer &gt; Set CRS of Layer(s), then run again.</source>
        <translation>{} n'a pas de système de coordonnées de référence : personne ne sait où sont ses polygones. Attribuez-en un avec Couche &gt; Définir le SCR de la couche, puis relancez.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/area.py"/>
        <source>{} has no polygons. Choose another extent.</source>
        <translation>{} n'a pas de polygones. Choisissez une autre emprise.</translation>
    </message>
</context>
<context>
    <name>GivesResults</name>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Blocks by exit, as JSON</source>
        <translation>Blocs par sortie, en JSON</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Classes, % of the valid pixels, as JSON</source>
        <translation>Classes, % des pixels valides, en JSON</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Cloud cover, % of the valid pixels</source>
        <translation>Couverture nuageuse, % des pixels valides</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Grow the classes by (metres)</source>
        <translation>Agrandir les classes de (mètres)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Mask</source>
        <translation>Masque</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Polygons</source>
        <translation>Polygones</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Probability of each class</source>
        <translation>Probabilité de chaque classe</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Share of all computation left out beside that, 0 to 1</source>
        <translation>Part de tout le calcul laissée de côté de plus, 0 à 1</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Share of the computation saved, 0 to 1</source>
        <translation>Part du calcul économisée, 0 à 1</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Valid pixels</source>
        <translation>Pixels valides</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Writing {}</source>
        <translation>Écriture de {}</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>An ONNX segmentation model, a zip of a model, or the manifest.json in a model's folder.
It is copied into your QGIS profile.</source>
        <translation>Un modèle de segmentation ONNX, un zip de modèle, ou le manifest.json dans le dossier d'un modèle.
Il est copié dans votre profil QGIS.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Choose a file. It is opened and tried; nothing is copied yet.</source>
        <translation>Choisissez un fichier. Il est ouvert et essayé ; rien n'est encore copié.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Choose a model</source>
        <translation>Choisir un modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Closes once the trial has ended ...</source>
        <translation>Se ferme dès que l'essai est terminé ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Copying and trying it again ...</source>
        <translation>Copie et nouvel essai ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Import a model</source>
        <translation>Importer un modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>It has one exit, so there will be nothing to choose by the slider.</source>
        <translation>Il n'a qu'une sortie, il n'y aura donc rien à choisir avec le curseur.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>It was tried on {} x {} pixels ({} s) and runs: {} band(s) in, {} classes out.</source>
        <translation>Il a été essayé sur {} x {} pixels ({} s) et fonctionne : {} bande(s) en entrée, {} classes en sortie.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Models (*.onnx *.zip manifest.json)</source>
        <translation>Modèles (*.onnx *.zip manifest.json)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Opening and trying it ...</source>
        <translation>Ouverture et essai ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>Still to be given: {}</source>
        <translation>Reste à donner : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>There is a model named {} already. Replace it?</source>
        <translation>Il y a déjà un modèle nommé {}. Le remplacer ?</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>There is no file {}.</source>
        <translation>Il n'y a pas de fichier {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/import_model.py"/>
        <source>{}: it was tried and runs. Bands: {}; classes: {}; exits: {}.</source>
        <translation>{} : il a été essayé et fonctionne. Bandes : {} ; classes : {} ; sorties : {}.</translation>
    </message>
</context>
<context>
    <name>ImportModel</name>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Bands</source>
        <translation>Bandes</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Classes</source>
        <translation>Classes</translation>
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
        <translation>Copie un modèle de segmentation dans votre profil QGIS, après l'avoir essayé sur une tuile. « Segmenter un raster » et le panneau le proposent ensuite.

Modèle : un fichier ONNX, un zip de modèle, ou le manifest.json dans le dossier d'un modèle. Un modèle avec manifeste ne demande rien de plus. Pour un simple fichier ONNX, donnez ce qu'il ne dit pas de lui-même ; les métadonnées des modèles faits pour l'extension Deepness sont lues. Un simple modèle n'a qu'une sortie, son seuil ne change donc rien.
Nom : lettres, chiffres, - et _ ; par défaut celui du fichier.
Bandes : leurs noms dans l'ordre où le réseau les lit, comme red,green,blue. Les bandes appelées blue, green, red, nir, swir1 ou swir2 sont reconnues dans les scènes, les autres au même nom.
Valeurs : display pour les images, reflectance pour les valeurs physiques ; les deux de 0 à 1. Puis la moyenne est ôtée, et le reste divisé par l'écart : un nombre, ou un par bande, avec des virgules. Un réseau entraîné sur 0 à 255 a moyenne 0 et écart 0.00392157.
Taille des pixels : en mètres ; les rasters plus fins sont moyennés à cette taille. De et à : quels pixels sont lus tels quels ; les plus grossiers sont refusés. Par défaut 0,75 et 1,5 fois la taille.
Classes : leurs noms, celui de 0 d'abord. Non dessinée : numéro de la classe de fond, -1 pour aucune.
Montrée au-dessus de : pour deux classes, la probabilité à partir de laquelle la seconde est montrée.
Recouvrement : contexte en pixels autour de chaque tuile, arrondi à ce que prend le réseau.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Import model</source>
        <translation>Importer un modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Imported as {}</source>
        <translation>Importé sous le nom {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>It reads {} band(s) and tells {} classes apart; its answers are {}.</source>
        <translation>Il lit {} bande(s) et distingue {} classes ; ses réponses sont {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Its folder</source>
        <translation>Son dossier</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Mean</source>
        <translation>Moyenne</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Model (.onnx, .zip or manifest.json)</source>
        <translation>Modèle (.onnx, .zip ou manifest.json)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Name of the model</source>
        <translation>Nom du modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Not drawn</source>
        <translation>Non dessinée</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Overlap (pixels)</source>
        <translation>Recouvrement (pixels)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Pixel size (m)</source>
        <translation>Taille des pixels (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Pixel size, from (m)</source>
        <translation>Taille des pixels, de (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Pixel size, to (m)</source>
        <translation>Taille des pixels, à (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Replace a model of that name</source>
        <translation>Remplacer un modèle de ce nom</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Shown above</source>
        <translation>Montrée au-dessus de</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Standard deviation</source>
        <translation>Écart type</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>Values</source>
        <translation>Valeurs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/import_model.py"/>
        <source>{} must be numbers with commas between them, like 0.4,0.4,0.4; not {}.</source>
        <translation>{} : il faut des nombres séparés par des virgules, comme 0.4,0.4,0.4 ; pas {}.</translation>
    </message>
</context>
<context>
    <name>Installer</name>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Cancelled; nothing was installed.</source>
        <translation>Annulé ; rien n'a été installé.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Exitwise knows no {} for Python {}.{} yet. Install it by hand.</source>
        <translation>Exitwise ne connaît pas encore de {} pour Python {}.{}. Installez-le à la main.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Fetching {} {} ...</source>
        <translation>Téléchargement de {} {} ...</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Looking for QGIS's own Python ...</source>
        <translation>Recherche du Python de QGIS ...</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>QGIS's Python has no pip here. Choose a file instead: it needs none.</source>
        <translation>Le Python de QGIS n'a pas de pip ici. Choisissez plutôt un fichier : il n'en a pas besoin.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>The Python that QGIS itself uses was not found. Nothing was installed.</source>
        <translation>Le Python que QGIS lui-même utilise n'a pas été trouvé. Rien n'a été installé.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Trying it out ...</source>
        <translation>Essai ...</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>Unpacking {} ...</source>
        <translation>Décompression de {} ...</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>pip could not install {}: {} Without a network connection, choose a downloaded file instead.</source>
        <translation>pip n'a pas pu installer {} : {} Sans connexion, choisissez plutôt un fichier téléchargé.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>{} cannot be replaced: {}. Restart QGIS, and install before the first run.</source>
        <translation>{} ne peut pas être remplacé : {}. Redémarrez QGIS, et installez avant la première exécution.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>{} cannot be written: {}.</source>
        <translation>{} ne peut pas être écrit : {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>{} {} is installed in {}.</source>
        <translation>{} {} est installé dans {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/installer.py"/>
        <source>{} {} was unpacked but does not start here, so it was removed again: {}. A file has to be for this system and Python {}.{}.</source>
        <translation>{} {} a été décompressé mais ne démarre pas ici et a donc été supprimé : {}. Un fichier doit être pour ce système et Python {}.{}.</translation>
    </message>
</context>
<context>
    <name>LookCloser</name>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>Click on the results in the map.</source>
        <translation>Cliquez sur les résultats dans la carte.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>Run first, then pick a block.</source>
        <translation>Exécutez d'abord, puis choisissez un bloc.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>The map cannot go there: {}</source>
        <translation>La carte ne peut pas y aller : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>This block was not computed, so it cannot go deeper.</source>
        <translation>Ce bloc n'a pas été calculé : il ne peut pas aller plus loin.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>This block was sent to full depth already.</source>
        <translation>Ce bloc a déjà été envoyé à pleine profondeur.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>This block went to the last exit already: there is none deeper.</source>
        <translation>Ce bloc est déjà allé à la dernière sortie : il n'y en a pas de plus profonde.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>This place lies outside of the run.</source>
        <translation>Cet endroit est hors de l'exécution.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/look_closer.py"/>
        <source>{} nats at exit {}, block {}</source>
        <translation>{} nats à la sortie {}, bloc {}</translation>
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
        <translation> pixels</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>&amp;Overlap</source>
        <translation>&amp;Recouvrement</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>&amp;Pixel size, from, to</source>
        <translation>Taille des &amp;pixels, de, à</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>&amp;Scaled to</source>
        <translation>Mi&amp;s à l'échelle</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>&amp;Title</source>
        <translation>&amp;Titre</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>0 to 1, as it is</source>
        <translation>0 à 1, tel quel</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>0 to 255</source>
        <translation>0 à 255</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Band {}</source>
        <translation>Bande {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Bands, in its order</source>
        <translation>Bandes, dans son ordre</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Class {}</source>
        <translation>Classe {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Classes</source>
        <translation>Classes</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Context that is computed around every tile, so that no seams show; it is rounded up</source>
        <translation>Contexte calculé autour de chaque tuile, pour qu'aucune couture ne se voie ; il est arrondi vers le haut</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Finer rasters are averaged to this size</source>
        <translation>Les rasters plus fins sont moyennés à cette taille</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>From here on, pixels are read as they are</source>
        <translation>À partir d'ici, les pixels sont lus tels quels</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>It was trained on</source>
        <translation>Il a été entraîné sur</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Letters, digits, - and _; scripts and the toolbox call it by this name</source>
        <translation>Lettres, chiffres, - et _ ; les scripts et la boîte à outils l'appellent ainsi</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Mean</source>
        <translation>Moyenne</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Not drawn</source>
        <translation>Non dessinée</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Pixel size (m)</source>
        <translation>Taille des pixels (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Pixel size, from (m)</source>
        <translation>Taille des pixels, de (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Pixel size, to (m)</source>
        <translation>Taille des pixels, à (m)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Rasters with larger pixels are refused</source>
        <translation>Les rasters aux pixels plus grands sont refusés</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Shown above</source>
        <translation>Montrée au-dessus de</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Standard deviation</source>
        <translation>Écart type</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>Taken off values from 0 to 1: one number, or one for each band</source>
        <translation>Ôté des valeurs de 0 à 1 : un nombre, ou un pour chaque bande</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>The second class is shown where its probability is higher</source>
        <translation>La seconde classe est montrée là où sa probabilité est plus haute</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>What is left is divided by it: one number, or one for each band</source>
        <translation>Le reste est divisé par cela : un nombre, ou un pour chaque bande</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>a picture (8 bit, or stretched)</source>
        <translation>une image (8 bits, ou étirée)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>choose ...</source>
        <translation>choisir ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>mean and deviation of ImageNet</source>
        <translation>moyenne et écart d'ImageNet</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>none: all are drawn</source>
        <translation>aucune : toutes sont dessinées</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>own numbers</source>
        <translation>nombres propres</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>reflectance</source>
        <translation>réflectance</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_form.py"/>
        <source>unknown</source>
        <translation>inconnue</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <location filename="../../plugin/gui/model_row.py"/>
        <source>Import model ...</source>
        <translation>Importer un modèle ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_row.py"/>
        <source>Import or remove models</source>
        <translation>Importer ou supprimer des modèles</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_row.py"/>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_row.py"/>
        <source>Remove the model {}? Results that were made with it stay.</source>
        <translation>Supprimer le modèle {} ? Les résultats obtenus avec lui restent.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/model_row.py"/>
        <source>Remove this model</source>
        <translation>Supprimer ce modèle</translation>
    </message>
</context>
<context>
    <name>MoreExports</name>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Blocks ...</source>
        <translation>Blocs ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Centrelines ...</source>
        <translation>Lignes médianes ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Export the centrelines</source>
        <translation>Exporter les lignes médianes</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Export the probability of each class</source>
        <translation>Exporter la probabilité de chaque classe</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Export the table of blocks</source>
        <translation>Exporter la table des blocs</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Export the valid pixels</source>
        <translation>Exporter les pixels valides</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Outline, exit, scores and seconds of every block as a table (GeoPackage)</source>
        <translation>Contour, sortie, scores et secondes de chaque bloc, en table (GeoPackage)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Probability ...</source>
        <translation>Probabilité ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Probability of each class but the first as GeoTIFF, 0 to 1: stored as bytes 0 to 254 with a scale, which QGIS applies</source>
        <translation>Probabilité de chaque classe sauf la première en GeoTIFF, 0 à 1 : enregistrée en octets 0 à 254 avec une échelle, que QGIS applique</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>The middle of each class as lines (GeoPackage), for roads, with length and certainty</source>
        <translation>Le milieu de chaque classe en lignes (GeoPackage), pour les routes, avec longueur et certitude</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Valid ...</source>
        <translation>Valides ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/more_exports.py"/>
        <source>Which pixels have a result as GeoTIFF, 1 or 0</source>
        <translation>Quels pixels ont un résultat, en GeoTIFF, 1 ou 0</translation>
    </message>
</context>
<context>
    <name>OpenScene</name>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Bands in their order, as JSON</source>
        <translation>Bandes dans leur ordre, en JSON</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Bands that are missing, as JSON</source>
        <translation>Bandes manquantes, en JSON</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Bands: {}</source>
        <translation>Bandes : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Folder or .SAFE</source>
        <translation>Dossier ou .SAFE</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Give either a folder or a metadata file.</source>
        <translation>Donnez soit un dossier, soit un fichier de métadonnées.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Level, empty if not recognised</source>
        <translation>Niveau, vide s'il n'est pas reconnu</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Metadata file</source>
        <translation>Fichier de métadonnées</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Missing: {}</source>
        <translation>Manquent : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>No metadata file says what the numbers mean: choose it under Values for a model.</source>
        <translation>Aucun fichier de métadonnées ne dit ce que signifient les nombres : choisissez-le sous Valeurs pour un modèle.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Open scene as stack</source>
        <translation>Ouvrir une scène en pile</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Puts the bands of a Sentinel-2 or Landsat scene into one raster (VRT). Nothing is copied: the files of the bands have to stay where they are. All bands get the grid of the finest one; coarser ones repeat their pixels. Bands that do not measure reflectance (thermal, panchromatic, quality) are left out.

Folder: a .SAFE, the folder of a Landsat scene with its MTL.txt, or a folder with one file per band, named like my_B04.tif.
Metadata file: MTD_MSIL1C.xml, MTD_MSIL2A.xml or an MTL.txt, instead of a folder.

Bands are named, and scale and offset of each are kept in the VRT as the metadata file says them, with the -1,000 of newer Sentinel-2 products and, at Landsat's Level 1, the height of the sun. Without a metadata file, say under Values what the numbers mean when you run a model.</source>
        <translation>Met les bandes d'une scène Sentinel-2 ou Landsat dans un raster (VRT). Rien n'est copié : les fichiers des bandes doivent rester où ils sont. Toutes les bandes reçoivent la grille de la plus fine ; les plus grossières répètent leurs pixels. Les bandes qui ne mesurent pas la réflectance (thermique, panchromatique, qualité) sont laissées de côté.

Dossier : un .SAFE, le dossier d'une scène Landsat avec son MTL.txt, ou un dossier avec un fichier par bande, nommé comme my_B04.tif.
Fichier de métadonnées : MTD_MSIL1C.xml, MTD_MSIL2A.xml ou un MTL.txt, au lieu d'un dossier.

Les bandes sont nommées, et l'échelle et le décalage de chacune sont gardés dans le VRT comme le dit le fichier de métadonnées, avec le -1 000 des produits Sentinel-2 récents et, au niveau 1 de Landsat, la hauteur du soleil. Sans fichier de métadonnées, dites sous Valeurs ce que signifient les nombres quand vous exécutez un modèle.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Sensor, empty if not recognised</source>
        <translation>Capteur, vide s'il n'est pas reconnu</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/open_scene.py"/>
        <source>Stack</source>
        <translation>Pile</translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Copy diagnostics</source>
        <translation>&amp;Copier le diagnostic</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Exports start in</source>
        <translation>Les &amp;exports commencent dans</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Forget measured speeds</source>
        <translation>&amp;Oublier les vitesses mesurées</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Install ...</source>
        <translation>&amp;Installer ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Results in</source>
        <translation>&amp;Résultats dans</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>&amp;Threads</source>
        <translation>&amp;Threads</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>: it came with your system, and Exitwise uses it as it is.</source>
        <translation> : il est venu avec votre système, et Exitwise l'utilise tel quel.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>A run that may need more is refused before it begins</source>
        <translation>Une exécution qui peut demander plus est refusée avant de commencer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Address like tcp://host:8786, whose workers Segment collection proposes to use</source>
        <translation>Adresse comme tcp://host:8786, dont « Segmenter une collection » propose d'utiliser les workers</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>As many as are fastest ({})</source>
        <translation>Autant que le plus rapide ({})</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>At most on &amp;disk</source>
        <translation>Au plus sur le &amp;disque</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Compute &amp;with</source>
        <translation>Calculer &amp;avec</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Copied. Paste it into your report.</source>
        <translation>Copié. Collez-le dans votre rapport.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Da&amp;sk scheduler</source>
        <translation>Ordonnanceur Da&amp;sk</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Exitwise tells how long a run will take from the runs before</source>
        <translation>Exitwise prédit la durée d'une exécution d'après les précédentes</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Folder for exported files</source>
        <translation>Dossier pour les fichiers exportés</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Folder for the results</source>
        <translation>Dossier pour les résultats</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>How many processor cores a run may use</source>
        <translation>Combien de cœurs une exécution peut utiliser</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>If something goes wrong</source>
        <translation>En cas de problème</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>It cannot be removed: {}. Restart QGIS, and remove it before the first run.</source>
        <translation>Il ne peut pas être supprimé : {}. Redémarrez QGIS, et supprimez-le avant la première exécution.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>It was removed; what is loaded already stays until QGIS ends.</source>
        <translation>Il a été supprimé ; ce qui est déjà chargé reste jusqu'à la fermeture de QGIS.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>No limit</source>
        <translation>Sans limite</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Not installed. Networks cannot run without it.</source>
        <translation>Non installé. Les réseaux ne peuvent pas s'exécuter sans lui.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Re&amp;move</source>
        <translation>Suppri&amp;mer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Runs</source>
        <translation>Exécutions</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Version {} in {}</source>
        <translation>Version {} dans {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>Versions and settings for a bug report; your home folder is masked.</source>
        <translation>Versions et réglages pour un rapport d'erreur ; votre dossier personnel est masqué.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>beside the raster</source>
        <translation>à côté du raster</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>beside the results</source>
        <translation>à côté des résultats</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>needs the Python package distributed: pip install distributed</source>
        <translation>demande le paquet Python distributed : pip install distributed</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/options.py"/>
        <source>none: this computer</source>
        <translation>aucun : cet ordinateur</translation>
    </message>
</context>
<context>
    <name>RecentRuns</name>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Delete ...</source>
        <translation>Supprimer ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Delete {} with everything in it? This cannot be undone.</source>
        <translation>Supprimer {} avec tout son contenu ? Cela ne peut pas être annulé.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Open it in the dock, and compute what is missing</source>
        <translation>L'ouvrir dans le panneau et calculer ce qui manque</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Put its choices into the dock, to run with others</source>
        <translation>Reprendre ses réglages dans le panneau, pour exécuter avec d'autres</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Put its layers into the project, as they were left</source>
        <translation>Ajouter ses couches au projet, telles qu'elles ont été laissées</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Raster</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Recent runs</source>
        <translation>Exécutions récentes</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Recent runs, the newest first</source>
        <translation>Exécutions récentes, la plus récente d'abord</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Repeat</source>
        <translation>Répéter</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Show its folder in the file manager</source>
        <translation>Afficher son dossier dans le gestionnaire de fichiers</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>There are no runs yet.</source>
        <translation>Il n'y a pas encore d'exécutions.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>Threshold</source>
        <translation>Seuil</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>complete</source>
        <translation>complète</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>gone</source>
        <translation>disparue</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>unfinished</source>
        <translation>inachevée</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/history.py"/>
        <source>{} is gone.</source>
        <translation>{} n'existe plus.</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>, inside of polygons</source>
        <translation>, à l'intérieur de polygones</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Area on the ellipsoid</source>
        <translation>Surface sur l'ellipsoïde</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Area per class</source>
        <translation>Surface par classe</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Bands</source>
        <translation>Bandes</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Block</source>
        <translation>Bloc</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Blocks</source>
        <translation>Blocs</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Cloudy</source>
        <translation>Nuageux</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Coarse look found nothing</source>
        <translation>Le coup d'œil grossier n'a rien trouvé</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Computed by</source>
        <translation>Calculé par</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Exit</source>
        <translation>Sortie</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Exits</source>
        <translation>Sorties</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Extent</source>
        <translation>Emprise</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>F1, 3 pixels forgiven</source>
        <translation>F1, à 3 pixels près</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Figures of the model card for pictures without colour, as this run read one band as all, measured on {}, never on this raster:</source>
        <translation>Chiffres de la fiche du modèle pour des images sans couleur, car cette exécution a lu une bande pour toutes, mesurés sur {}, jamais sur ce raster :</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Figures of the model card, measured on {}, never on this raster:</source>
        <translation>Chiffres de la fiche du modèle, mesurés sur {}, jamais sur ce raster :</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Fingerprint of the model</source>
        <translation>Empreinte du modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>How far to trust it</source>
        <translation>Quelle confiance accorder</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>It is not complete: {} block(s) wait for their exit; they are empty or less exact.</source>
        <translation>Il n'est pas complet : {} bloc(s) attendent leur sortie ; ils sont vides ou moins exacts.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>MACs saved</source>
        <translation>MACs économisés</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>MACs spent</source>
        <translation>MACs dépensés</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>No audit was made at this threshold.</source>
        <translation>Aucun audit n'a été fait à ce seuil.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Parameters</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Pixels</source>
        <translation>Pixels</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Raster</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Repeat it</source>
        <translation>Répéter</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Reviewed by hand: {} place(s) done, {} block(s) sent to full depth.</source>
        <translation>Revu à la main : {} endroit(s) traités, {} bloc(s) envoyés à pleine profondeur.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Run folder</source>
        <translation>Dossier de l'exécution</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Scores and saving</source>
        <translation>Scores et économie</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Share</source>
        <translation>Part</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>The mask over the image</source>
        <translation>Le masque sur l'image</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>The model comes without figures.</source>
        <translation>Le modèle est livré sans chiffres.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>The model has figures for colour only; this run read one band as all of them.</source>
        <translation>Le modèle n'a de chiffres que pour la couleur ; cette exécution a lu une bande pour toutes.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>The same raster, model and settings give the same result. This is the recipe; it lies as recipe.json in the run folder too, where the button Repeat takes it from.</source>
        <translation>Le même raster, le même modèle et les mêmes réglages donnent le même résultat. Voici la recette ; elle se trouve aussi, comme recipe.json, dans le dossier de l'exécution, où le bouton Répéter la prend.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Threshold</source>
        <translation>Seuil</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Tile</source>
        <translation>Tuile</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Values</source>
        <translation>Valeurs</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>data that it does not name</source>
        <translation>des données qu'il ne nomme pas</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>whole raster</source>
        <translation>raster entier</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>{} on {} at a threshold of {} nats: {} of the full computation saved.</source>
        <translation>{} le {} à un seuil de {} nats : {} du calcul complet économisé.</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>{} pixels</source>
        <translation>{} pixels</translation>
    </message>
    <message>
        <location filename="../../plugin/report.py"/>
        <source>{} x {} pixels. West, south, east, north: {} ({}).</source>
        <translation>{} x {} pixels. Ouest, sud, est, nord : {} ({}).</translation>
    </message>
</context>
<context>
    <name>RethresholdRun</name>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Blocks that need a deeper exit</source>
        <translation>Blocs qui demandent une sortie plus profonde</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Extent</source>
        <translation>Emprise</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Re-threshold run</source>
        <translation>Autre seuil pour une exécution</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Run folder</source>
        <translation>Dossier de l'exécution</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Threshold (nats)</source>
        <translation>Seuil (nats)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Writes mask, entropy and polygons of a finished or cancelled run at another threshold, from what is known: no network runs, so it takes seconds.

Run folder: as Segment raster keeps it where it is asked to, and the dock always.
Threshold: in nats. Below the threshold that the run was computed for, blocks may need an exit that is not known; they show the deepest one that is, and are counted as missing. Segment raster with the same run folder computes them.
Extent: write only this part of the run, in whole pixels of it; without it, all of the run. Blocks and MACs are counted of the blocks that lie in it, also in part.</source>
        <translation>Écrit le masque, l'entropie et les polygones d'une exécution terminée ou annulée à un autre seuil, à partir de ce qui est connu : aucun réseau ne s'exécute, cela prend donc quelques secondes.

Dossier de l'exécution : tel que « Segmenter un raster » le garde sur demande, et le panneau toujours.
Seuil : en nats. Au-dessous du seuil pour lequel l'exécution a été calculée, des blocs peuvent demander une sortie inconnue ; ils montrent la plus profonde qui soit connue et sont comptés comme manquants. « Segmenter un raster » avec le même dossier les calcule.
Emprise : n'écrire que cette partie de l'exécution, en pixels entiers de celle-ci ; sans elle, toute l'exécution. Les blocs et les MACs comptés sont ceux des blocs qui s'y trouvent, même en partie.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>{} block(s) wait for an exit that was not computed: they are empty or less exact. Segment raster with the same settings and folder computes it.</source>
        <translation>{} bloc(s) attendent une sortie qui n'a pas été calculée : ils sont vides ou moins exacts. « Segmenter un raster » avec les mêmes réglages et le même dossier la calcule.</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Choose a place in the list first, or pick a block on the map.</source>
        <translation>Choisissez d'abord un endroit dans la liste, ou prenez un bloc sur la carte.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Compute this block to full depth and show that, whatever the threshold</source>
        <translation>Calculer ce bloc à pleine profondeur et montrer cela, quel que soit le seuil</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Done</source>
        <translation>Traité</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Every place is done: {}.</source>
        <translation>Tous les endroits sont traités : {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Most uncertain places, worst first</source>
        <translation>Endroits les plus incertains, le pire d'abord</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>No place is known yet.</source>
        <translation>Aucun endroit n'est encore connu.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Places to look at, worst first: {}; done: {}.</source>
        <translation>Endroits à regarder, le pire d'abord : {} ; traités : {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Previous</source>
        <translation>Précédent</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Send deeper</source>
        <translation>Approfondir</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>The blocks with the highest scores at the exits where they left, at most {}, and those that are done.
Of blocks that lie up to {} blocks apart only the highest is listed.</source>
        <translation>Les blocs aux scores les plus hauts aux sorties où ils sont sortis, {} au plus, et ceux qui sont faits.
De blocs distants de {} blocs au plus, seul le plus haut est dans la liste.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>The most uncertain places are listed here once a run has ended.</source>
        <translation>Les endroits les plus incertains sont listés ici dès qu'une exécution est finie.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>The next place that is not done</source>
        <translation>Le prochain endroit qui n'est pas traité</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>The place before</source>
        <translation>L'endroit d'avant</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/review_panel.py"/>
        <source>Tick this place off and go to the next; kept with the run</source>
        <translation>Cocher cet endroit et passer au suivant ; gardé avec l'exécution</translation>
    </message>
</context>
<context>
    <name>RunSession</name>
    <message>
        <location filename="../../plugin/gui/session.py"/>
        <source>All layers of the run were removed, so it was cancelled. What is done is kept in {}; press Run to continue.</source>
        <translation>Toutes les couches de l'exécution ont été supprimées, elle a donc été annulée. Ce qui est fait est gardé dans {} ; appuyez sur Exécuter pour continuer.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/session.py"/>
        <source>The model {} was replaced or removed since this run. What is known is still shown and can be exported; nothing more can be computed for it. Press Run to begin another run.</source>
        <translation>Le modèle {} a été remplacé ou supprimé depuis cette exécution. Ce qui est connu reste affiché et peut être exporté ; rien de plus ne peut être calculé pour elle. Appuyez sur Exécuter pour en commencer une autre.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/session.py"/>
        <source>The recipe names blocks that this raster does not have.</source>
        <translation>La recette nomme des blocs que ce raster n'a pas.</translation>
    </message>
</context>
<context>
    <name>RuntimeDialog</name>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>&amp;Choose a file ...</source>
        <translation>&amp;Choisir un fichier ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>&amp;Install</source>
        <translation>&amp;Installer</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>&amp;Not now</source>
        <translation>&amp;Pas maintenant</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Choose a downloaded wheel of onnxruntime</source>
        <translation>Choisir un wheel d'onnxruntime téléchargé</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Exitwise needs onnxruntime</source>
        <translation>Exitwise a besoin d'onnxruntime</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Exitwise's networks are computed by &lt;b&gt;onnxruntime {}&lt;/b&gt; (MIT licence, by Microsoft), which this QGIS does not have yet. It would be fetched from the Python Package Index, or the index that pip is set to: at most {} MB, about three times that on disk, in</source>
        <translation>Les réseaux d'Exitwise sont calculés par &lt;b&gt;onnxruntime {}&lt;/b&gt; (licence MIT, de Microsoft), que ce QGIS n'a pas encore. Il serait téléchargé du Python Package Index, ou de celui réglé pour pip : au plus {} Mo, environ trois fois plus sur le disque, dans</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Log of the installation</source>
        <translation>Journal de l'installation</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Nothing else is installed, and no part of QGIS is changed. You can remove it again under Settings &amp;gt; Options &amp;gt; Exitwise.</source>
        <translation>Rien d'autre n'est installé, et aucune partie de QGIS n'est modifiée. Vous pouvez le supprimer sous Préférences &amp;gt; Options &amp;gt; Exitwise.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Wheels (*.whl)</source>
        <translation>Wheels (*.whl)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>Without a connection: fetch the wheel for your system and Python {} (with {} in its name) from {} elsewhere, and choose that file.</source>
        <translation>Sans connexion : téléchargez ailleurs le wheel pour votre système et Python {} (avec {} dans son nom) de {}, et choisissez ce fichier.</translation>
    </message>
</context>
<context>
    <name>RuntimeGuard</name>
    <message>
        <location filename="../../plugin/gui/runtime_dialog.py"/>
        <source>onnxruntime {} is installed in {}.</source>
        <translation>onnxruntime {} est installé dans {}.</translation>
    </message>
</context>
<context>
    <name>SceneOpener</name>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>A scene is being opened. Wait a moment, then open the next.</source>
        <translation>Une scène est en cours d'ouverture. Attendez un instant, puis ouvrez la suivante.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Folder of a scene, or .SAFE</source>
        <translation>Dossier d'une scène, ou .SAFE</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Metadata (*MTL.txt MTD_MSIL*.xml)</source>
        <translation>Métadonnées (*MTL.txt MTD_MSIL*.xml)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Metadata file of a scene</source>
        <translation>Fichier de métadonnées d'une scène</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Missing: {}.</source>
        <translation>Manquent : {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>No metadata file says what its numbers mean: check Bands and values before a run.</source>
        <translation>Aucun fichier de métadonnées ne dit ce que signifient ses nombres : vérifiez Bandes et valeurs avant une exécution.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Open scene: MTL.txt or MTD_MSIL*.xml ...</source>
        <translation>Ouvrir une scène : MTL.txt ou MTD_MSIL*.xml ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Open scene: folder or .SAFE ...</source>
        <translation>Ouvrir une scène : dossier ou .SAFE ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Opened {} ({}): {}.</source>
        <translation>Ouvert : {} ({}) : {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>Opened {}: {}.</source>
        <translation>Ouvert : {} : {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/open_scene.py"/>
        <source>QGIS cannot open the stack {}.</source>
        <translation>QGIS ne peut pas ouvrir la pile {}.</translation>
    </message>
</context>
<context>
    <name>SegmentCollection</name>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Add table and mosaics to the project</source>
        <translation>Ajouter la table et les mosaïques au projet</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Bands</source>
        <translation>Bandes</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>By name, e.g. MODEL=roads: one of {}</source>
        <translation>Par nom, p. ex. MODEL=roads : un parmi {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Dask scheduler</source>
        <translation>Ordonnanceur Dask</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Folder of results</source>
        <translation>Dossier des résultats</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Folder of scenes</source>
        <translation>Dossier de scènes</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Give the scenes in one way: as layers, as a folder, or as a file.</source>
        <translation>Indiquez les scènes d’une seule façon : par couches, par dossier ou par fichier.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Layers</source>
        <translation>Couches</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>List of paths, or STAC</source>
        <translation>Liste de chemins, ou STAC</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>STAC asset</source>
        <translation>Asset STAC</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Scenes</source>
        <translation>Scènes</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Scenes done</source>
        <translation>Scènes faites</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Scenes that failed</source>
        <translation>Scènes en échec</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Segment collection</source>
        <translation>Segmenter une collection</translation>
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
        <translation>Segmente de nombreuses scènes avec un modèle. Indiquez des couches, ou un dossier, ou un fichier.

Dossier : chaque .tif, .tiff, .jp2, .vrt et .img qui s'y trouve, sous-dossiers compris, est une scène.
Fichier : un fichier texte avec un chemin ou une adresse par ligne ; ou le JSON d'un catalogue STAC ou d'une ItemCollection, ce qui demande le paquet Python pystac.
Asset : de chaque item STAC, le raster à prendre ; vide s'il n'y en a qu'un. Là où chaque bande est un asset à part, plusieurs, par exemple B02,B03,B04,B08.
Modèle, bandes, valeurs, seuil, sauter les zones vides : comme dans « Segmenter un raster », les mêmes pour toutes les scènes.
Ordonnanceur Dask : avec son adresse, par exemple tcp://host:8786, ses workers traitent les scènes ; cela demande le paquet Python distributed. Ils doivent voir rasters et résultats sous les mêmes chemins. Vide : cet ordinateur s'en charge. L'adresse proposée se trouve dans les options d'Exitwise.

Le dossier des résultats contient pour chaque scène un dossier avec masque, entropie et dossier de l'exécution ; scenes.gpkg, une table avec le contour de chaque scène, ce qui a été trouvé et économisé, ou la raison de l'échec ; les mosaïques de tous les masques et entropies (une par système de coordonnées de référence) ; et catalog.json, qui décrit les résultats en items STAC. Une scène en échec n'arrête pas les autres. Avec le même dossier, le travail reprend : ce qui est fait reste, ce qui a échoué est retenté. Un autre modèle demande un autre dossier.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Skip empty areas by a coarse look</source>
        <translation>Sauter les zones vides après un regard grossier</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Table of scenes</source>
        <translation>Table des scènes</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Threshold (nats)</source>
        <translation>Seuil (nats)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>Values</source>
        <translation>Valeurs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>What the stored numbers mean, by name, e.g. VALUES=landsat_l1: one of {}</source>
        <translation>Ce que signifient les nombres enregistrés, par nom, p. ex. VALUES=landsat_l1 : un parmi {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>{} failed: {}</source>
        <translation>Échec de {} : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/collection.py"/>
        <source>{}: {}; {} saved</source>
        <translation>{} : {} ; {} économisés</translation>
    </message>
</context>
<context>
    <name>SegmentRaster</name>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Bands</source>
        <translation>Bandes</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>By name, e.g. CLOUDS=skip: one of {}</source>
        <translation>Par nom, p. ex. CLOUDS=skip : un parmi {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>By name, e.g. MODEL=roads: one of {}</source>
        <translation>Par nom, p. ex. MODEL=roads : un parmi {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>By name, e.g. PROVIDER=cuda: one of {}; where it does not work, the CPU computes</source>
        <translation>Par nom, p. ex. PROVIDER=cuda : un parmi {} ; là où cela ne fonctionne pas, le CPU calcule</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Cloud mask (empty: find clouds first)</source>
        <translation>Masque de nuages (vide : trouver d'abord les nuages)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Cloudy tiles</source>
        <translation>Tuiles nuageuses</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Cloudy values must be whole numbers with commas between them, not {}.</source>
        <translation>Les valeurs nuageuses doivent être des nombres entiers séparés par des virgules, pas {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Compute with</source>
        <translation>Calculer avec</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Extent</source>
        <translation>Emprise</translation>
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
        <translation>Trouve des routes ou des nuages dans un raster avec un réseau qui a plusieurs sorties. Le raster est découpé en blocs. Un bloc sort à la première sortie où son entropie (incertitude, en nats) est au-dessous du seuil : pour les routes celle de 95 % de ses pixels, pour les nuages la moyenne. Seuls les blocs incertains sont calculés à pleine profondeur.

Seuil : 0 calcule chaque bloc à pleine profondeur ; des valeurs plus hautes sont plus rapides et moins exactes, jusqu'à la plus grande entropie du modèle. Vide : la valeur propre au modèle.
Modèle : par nom, pas par numéro, p. ex. MODEL=roads. automatic : selon les bandes et la taille des pixels.
Bandes : pour chaque bande du modèle le numéro de la bande du raster, comme 3,2,1 ; 0 où une bande facultative manque. Vide : selon le nom et la couleur des bandes.
Valeurs : ce que signifient les nombres enregistrés, par nom, pas par numéro, p. ex. VALUES=landsat_l1. automatic : comme le disent le nom ou l'en-tête du raster.
- byte : une image 8 bits, 0 à 255 (roads)
- stretch : toute autre image ; chaque bande est étirée de son quantile 2 % à son quantile 98 % (roads)
- unit : déjà de 0 à 1, une image ou des réflectances
- file : réflectance selon l'échelle et le décalage que le fichier lui-même enregistre (clouds)
- sentinel2 : Sentinel-2, réflectance x 10 000 ; sentinel2_offset : de même depuis 2022, avec un décalage de -1 000 (clouds)
- landsat_l1, landsat_l2 : comptes numériques Landsat de niveau 1 ou 2 (clouds)
- metadata : selon le MTL.txt ou MTD_MSIL*.xml de la scène, qui se trouve à côté du raster (clouds)
Tuiles nuageuses : compute prend toutes les tuiles ; skip laisse de côté celles dont plus de pixels que la limite sont nuageux selon le masque de nuages ou, sans masque, selon le détecteur de nuages, qui s'exécute alors d'abord. Les tuiles sautées sont sans données.
Calculer avec : cpu, ou ce que l'onnxruntime installé offre de plus : cuda, dml (DirectML) ou coreml. Là où cela ne fonctionne pas, le CPU calcule et le journal dit pourquoi.
Sauter les zones vides : un petit réseau regarde d'abord le raster de loin ; là où il ne trouve rien, rien n'est lu ni calculé ; le masque y montre la première classe.
Dossier de l'exécution : garde les scores et résultats de chaque bloc. Un second départ avec le même raster, modèle et réglages y continue, aussi avec un autre seuil. La recette pour répéter l'exécution s'y trouve aussi ; sans dossier de l'exécution, elle est à côté du masque.

Masque : numéros de classe, 255 sans données. Entropie : incertitude par pixel en nats. Les deux sont des GeoTIFF optimisés pour le cloud avec un style à côté. Polygones : les classes le long des bords de pixels, avec la surface et l'entropie moyenne de chacun, en GeoPackage. Probabilité : une bande pour chaque classe sauf la première, 0 à 1 : enregistrée en octets 0 à 254 avec une échelle, que QGIS applique. Pixels valides : 1 où il y a un résultat, sinon 0. Agrandir : dans le masque et les polygones, ce qui est à moins de tant de mètres d'une classe en fait partie. Les autres sorties disent quelle part du calcul complet a été économisée (0 à 1), combien de blocs sont sortis à chaque sortie, et combien de pour cent des pixels valides chaque classe, et tous les nuages ensemble, ont dans le masque.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Model {}, bands {}, values {}, threshold {} nats</source>
        <translation>Modèle {}, bandes {}, valeurs {}, seuil {} nats</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>No model fits {} by its bands and pixel size: choose one.</source>
        <translation>Aucun modèle ne convient à {} par ses bandes et la taille de ses pixels : choisissez-en un.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>None of the {} band(s) of {} is recognised by its name or colour. Say under Bands which they are: for each of {} the number of the raster's band, 0 where it is missing, like BANDS={}.</source>
        <translation>Aucune des {} bande(s) de {} n'est reconnue à son nom ou sa couleur. Dites sous Bandes lesquelles ce sont : pour chacune de {} le numéro de la bande du raster, 0 où elle manque, comme BANDS={}.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Raster</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Recognised: {}</source>
        <translation>Reconnu : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Run folder</source>
        <translation>Dossier de l'exécution</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Segment raster</source>
        <translation>Segmenter un raster</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Skip above this share of cloudy pixels (%)</source>
        <translation>Sauter au-dessus de cette part de pixels nuageux (%)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Skip empty areas by a coarse look</source>
        <translation>Sauter les zones vides après un regard grossier</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>There is no band {} in {}, which has {} band(s).</source>
        <translation>Il n'y a pas de bande {} dans {}, qui a {} bande(s).</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Threshold (nats)</source>
        <translation>Seuil (nats)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Tile, pixels (0: the model's own)</source>
        <translation>Tuile, pixels (0 : celle du modèle)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Values</source>
        <translation>Valeurs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Values of the mask that are clouds, like 1,2</source>
        <translation>Valeurs du masque qui sont des nuages, comme 1,2</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>What the stored numbers mean, by name, e.g. VALUES=landsat_l1: one of {}</source>
        <translation>Ce que signifient les nombres enregistrés, par nom, p. ex. VALUES=landsat_l1 : un parmi {}</translation>
    </message>
</context>
<context>
    <name>ShownRun</name>
    <message>
        <location filename="../../plugin/gui/shown_run.py"/>
        <source>Everything below belongs to the run {}, not to what is chosen above.</source>
        <translation>Tout ce qui suit appartient à l'exécution {}, non à ce qui est choisi plus haut.</translation>
    </message>
</context>
<context>
    <name>StoryPanel</name>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>: no data</source>
        <translation> : pas de données</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Block {}: columns {} to {}, rows {} to {}. Pixel {}, {}</source>
        <translation>Bloc {} : colonnes {} à {}, lignes {} à {}. Pixel {}, {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Click on the results: what each exit thought of that block is told here</source>
        <translation>Cliquez sur les résultats : ce que chaque sortie a pensé du bloc est dit ici</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Clouds hide its tile, so nothing was computed.</source>
        <translation>Des nuages cachent sa tuile, rien n'a donc été calculé.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Entropy at exit {}</source>
        <translation>Entropie à la sortie {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Exit {}</source>
        <translation>Sortie {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It has not been computed yet.</source>
        <translation>Il n'a pas encore été calculé.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It left at exit {} of {}: its score of {} nats is below the threshold of {}.</source>
        <translation>Il est sorti à la sortie {} sur {} : son score de {} nats est au-dessous du seuil de {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It lies outside of the polygons that were chosen.</source>
        <translation>Il est hors des polygones choisis.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It waits for exit {}; the map shows exit {} meanwhile.</source>
        <translation>Il attend la sortie {} ; la carte montre la sortie {} en attendant.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It was sent deeper, so it leaves at the last exit ({}).</source>
        <translation>Il a été approfondi, il sort donc à la dernière sortie ({}).</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>It went all the way to exit {}: no earlier score was below {} nats.</source>
        <translation>Il est allé jusqu'à la sortie {} : aucun score antérieur n'était au-dessous de {} nats.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Mask at exit {}</source>
        <translation>Masque à la sortie {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Pick on the map</source>
        <translation>Choisir sur la carte</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Run first, then pick a block.</source>
        <translation>Exécutez d'abord, puis choisissez un bloc.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>Seconds</source>
        <translation>Secondes</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>The coarse look found nothing here, so no exit was computed.</source>
        <translation>Le coup d'œil grossier n'a rien trouvé ici, aucune sortie n'a donc été calculée.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>The model has one exit, so it left there.</source>
        <translation>Le modèle n'a qu'une sortie, il est donc sorti là.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/story_panel.py"/>
        <source>The raster holds no data here, so nothing was computed.</source>
        <translation>Le raster n'a pas de données ici, rien n'a donc été calculé.</translation>
    </message>
</context>
<context>
    <name>SwipeRow</name>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>Place of the line on the map</source>
        <translation>Position de la ligne sur la carte</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>Show this right of a line that can be dragged on the map; changes no layer</source>
        <translation>Montre ceci à droite d'une ligne que l'on peut faire glisser sur la carte ; ne modifie aucune couche</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>Swipe with</source>
        <translation>Balayer avec</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>What is shown right of the line</source>
        <translation>Ce qui est montré à droite de la ligne</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>the picture alone</source>
        <translation>l'image seule</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/swipe_row.py"/>
        <source>the threshold beside Blink</source>
        <translation>le seuil à côté de « Clignoter »</translation>
    </message>
</context>
<context>
    <name>TabulateBlocks</name>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Blocks</source>
        <translation>Blocs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Number of blocks</source>
        <translation>Nombre de blocs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Run folder</source>
        <translation>Dossier de l'exécution</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Tabulate blocks</source>
        <translation>Lister les blocs</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Threshold (nats)</source>
        <translation>Seuil (nats)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/tabulate.py"/>
        <source>Writes the blocks of a kept run as rectangles (GeoPackage), with the exit of each.

Run folder: as Segment raster keeps it where it is asked to, and the dock always.
Threshold: in nats; the exits are those at this threshold. Empty: the model's own.

Fields: number, state (computed, nodata, outside, pending ...), exit, and for each exit its score in nats and the seconds that it took. What was not computed is empty.</source>
        <translation>Écrit les blocs d'une exécution conservée comme rectangles (GeoPackage), avec la sortie de chacun.

Dossier de l'exécution : tel que « Segmenter un raster » le garde sur demande, et le panneau toujours.
Seuil : en nats ; les sorties sont celles à ce seuil. Vide : celui du modèle.

Champs : number, state (computed, nodata, outside, pending ...), exit, et pour chaque sortie son score en nats et les secondes qu'elle a prises. Ce qui n'a pas été calculé est vide.</translation>
    </message>
</context>
<context>
    <name>ThresholdControl</name>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source> nats</source>
        <translation> nats</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>A block leaves at the first exit where 95 % of its pixels have an entropy below {} nats.</source>
        <translation>Un bloc sort à la première sortie où 95 % de ses pixels ont une entropie au-dessous de {} nats.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>A block leaves at the first exit where the mean entropy of its pixels is below {} nats.</source>
        <translation>Un bloc sort à la première sortie où l'entropie moyenne de ses pixels est au-dessous de {} nats.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>A block leaves early where at most 0.1 % of its own pixels are expected to change; "Expected" below is of all pixels</source>
        <translation>Un bloc sort tôt là où 0,1 % au plus de ses propres pixels devraient changer ; « Attendu » au-dessous vaut pour tous les pixels</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Balanced</source>
        <translation>Équilibré</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Careful</source>
        <translation>Prudent</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Every block goes to the last exit</source>
        <translation>Chaque bloc va jusqu'à la dernière sortie</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Every block goes to the last exit.</source>
        <translation>Chaque bloc va jusqu'à la dernière sortie.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Every block leaves at the first exit</source>
        <translation>Chaque bloc sort à la première sortie</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Every block leaves at the first exit.</source>
        <translation>Chaque bloc sort à la première sortie.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Exit threshold</source>
        <translation>Seuil de sortie</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Exit threshold in nats</source>
        <translation>Seuil de sortie en nats</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Fast</source>
        <translation>Rapide</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>Full</source>
        <translation>Complet</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>The model's own threshold</source>
        <translation>Le seuil propre au modèle</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>The scale follows the scores of this raster: equal ways on it pass equally many blocks</source>
        <translation>L'échelle suit les scores de ce raster : des trajets égaux y passent autant de blocs</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>This model has a single stage: every block takes it, so there is nothing to choose.</source>
        <translation>Ce modèle n'a qu'une étape : chaque bloc la prend, il n'y a donc rien à choisir.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>first exit</source>
        <translation>première sortie</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/threshold.py"/>
        <source>full depth</source>
        <translation>pleine profondeur</translation>
    </message>
</context>
<context>
    <name>VectoriseMask</name>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Centrelines</source>
        <translation>Lignes médianes</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Give a mask or a run folder, one of the two.</source>
        <translation>Donnez un masque ou un dossier d'exécution, l'un des deux.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Its threshold (nats)</source>
        <translation>Son seuil (nats)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Least area (square metres)</source>
        <translation>Plus petite surface (mètres carrés)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Least length of dead ends (metres)</source>
        <translation>Plus petite longueur des impasses (mètres)</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Mask</source>
        <translation>Masque</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Number of centrelines</source>
        <translation>Nombre de lignes médianes</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Number of polygons</source>
        <translation>Nombre de polygones</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Or run folder</source>
        <translation>Ou dossier d'exécution</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Polygons</source>
        <translation>Polygones</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Round off the steps</source>
        <translation>Arrondir les marches</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/vectorise.py"/>
        <source>Vectorise mask</source>
        <translation>Vectoriser un masque</translation>
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
        <translation>Écrit les classes d'un masque en polygones le long des bords de pixels (GeoPackage) : leurs surfaces sont celles des pixels. Les classes que le modèle ne dessine pas, comme le fond, sont laissées de côté.

Masque : un GeoTIFF écrit par Exitwise. Ou dossier d'exécution et seuil : ce qu'une exécution conservée montre à ce seuil ; chaque polygone et chaque ligne a alors aussi son entropie moyenne et sa certitude.
Plus petite surface : les polygones plus petits sont laissés de côté ; les autres restent tels quels. 0 les garde tous.
Arrondir les marches : les contours coupent les coins des pixels, d'un demi-pixel au plus ; les champs restent ceux des pixels.
Lignes médianes : le milieu de chaque classe en lignes d'un croisement à l'autre, faites pour les routes, avec length_m (sur l'ellipsoïde). Elles finissent environ une demi-largeur de route avant la route.
Plus petite longueur des impasses : les lignes à bout libre sont laissées de côté si elles sont plus courtes.

Champs : number, class et sa value dans le masque, pixels, area_m2 (sur l'ellipsoïde), mean_entropy (nats) et mean_certainty (1 : certain, 0 : simple supposition).</translation>
    </message>
</context>
<context>
    <name>Worker</name>
    <message>
        <location filename="../../plugin/worker.py"/>
        <source>Unexpected error; what is done is kept. Details: the log tab Exitwise.</source>
        <translation>Erreur inattendue ; ce qui est fait est gardé. Détails : l'onglet Exitwise du journal.</translation>
    </message>
</context>
</TS>
