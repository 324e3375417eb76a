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
        <source>Audited in {} s: exactly {} of a block's pixels differ from full depth, on average.</source>
        <translation>Audité en {} s : en moyenne, exactement {} des pixels d'un bloc diffèrent de la pleine profondeur.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/audit.py"/>
        <source>Audited on {} blocks in {} s: {} of a block's pixels differ from full depth, on average, and over all blocks at most {}, {:.0f} % sure.</source>
        <translation>Audité sur {} blocs en {} s : en moyenne, {} des pixels d'un bloc diffèrent de la pleine profondeur, et sur tous les blocs au plus {}, sûr à {:.0f} %.</translation>
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
    <name>BandChooser</name>
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
        <source>{} to {} nm</source>
        <translation>{} à {} nm</translation>
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
        <source>Mask ...</source>
        <translation>Masque ...</translation>
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
        <source>Results &amp;in</source>
        <translation>Résultats &amp;dans</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Run</source>
        <translation>Exécuter</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>Side of what is computed at once: large tiles are faster, small ones need less memory</source>
        <translation>Côté de ce qui est calculé d'un coup : les grandes tuiles sont plus rapides, les petites demandent moins de mémoire</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/layout.py"/>
        <source>The classes as polygons along pixel edges (GeoPackage), with area and mean entropy</source>
        <translation>Les classes en polygones le long des bords de pixels (GeoPackage), avec surface et entropie moyenne</translation>
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
        <source>Nothing in {name} says what its numbers mean (reflectance, Sentinel-2 or Landsat digital numbers). Choose it under Values.</source>
        <translation>Rien dans {name} ne dit ce que signifient ses nombres (réflectance, comptes numériques Sentinel-2 ou Landsat). Choisissez-le sous Valeurs.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>Read as "{choice}", {name} would hold reflectances from {low:.3g} to {high:.3g}, where 0 to 1 is natural. Choose another entry under Values.</source>
        <translation>Lu comme « {choice} », {name} contiendrait des réflectances de {low:.3g} à {high:.3g}, alors que 0 à 1 est naturel. Choisissez une autre entrée sous Valeurs.</translation>
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
        <source>The network {path} stopped: {reason}. What was recorded before is kept. Choose smaller tiles if memory ran out, or another model.</source>
        <translation>Le réseau {path} s'est arrêté : {reason}. Ce qui était enregistré est gardé. Choisissez des tuiles plus petites si la mémoire a manqué, ou un autre modèle.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>The pixels of {name} measure {gsd:.3g} m on the ground; this model needs {coarsest:g} m or finer. Choose a sharper raster or another model.</source>
        <translation>Les pixels de {name} mesurent {gsd:.3g} m au sol ; ce modèle demande {coarsest:g} m ou plus fin. Choisissez un raster plus net ou un autre modèle.</translation>
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
        <source>{name} cannot be read: {reason}. Check that the file still exists and opens in QGIS.</source>
        <translation>{name} ne peut pas être lu : {reason}. Vérifiez que le fichier existe encore et s'ouvre dans QGIS.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} does not say where its pixels lie on the ground. Put its world file beside it, or place it with Layer &gt; Georeferencer, then run again.</source>
        <translation>{name} ne dit pas où ses pixels se trouvent au sol. Placez son fichier world à côté, ou calez-le avec Couche &gt; Géoréférencer, puis relancez.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} does not work here, so the CPU computes: {reason}. Update its driver and onnxruntime, or choose the CPU to see this no more.</source>
        <translation>{name} ne fonctionne pas ici, c'est donc le CPU qui calcule : {reason}. Mettez à jour son pilote et onnxruntime, ou choisissez le CPU pour ne plus voir ce message.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} has no coordinate reference system, so the size of its pixels on the ground is unknown. Assign one with Layer &gt; Set CRS of Layer(s), then run again.</source>
        <translation>{name} n'a pas de système de coordonnées de référence : la taille de ses pixels au sol est inconnue. Attribuez-en un avec Couche &gt; Définir le SCR de la couche, puis relancez.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} has {found} band(s); the model still needs: {needed}. Assign them under Bands, or choose a model with fewer bands.</source>
        <translation>{name} a {found} bande(s) ; il manque encore au modèle : {needed}. Attribuez-les sous Bandes, ou choisissez un modèle avec moins de bandes.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} is too large: {reason}. Choose a smaller extent, or make a coarser copy with Raster &gt; Projections &gt; Warp.</source>
        <translation>{name} est trop grand : {reason}. Choisissez une emprise plus petite, ou faites une copie plus grossière avec Raster &gt; Projections &gt; Projection (warp).</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{name} is {kind}; a mask in its place would be wrong. Make a north-up copy with Raster &gt; Projections &gt; Warp, then run on the copy.</source>
        <translation>{name} est {kind} ; un masque à sa place serait faux. Faites une copie orientée au nord avec Raster &gt; Projections &gt; Projection (warp), puis lancez sur la copie.</translation>
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
        <source>{path} holds a run that does not fit this one: {reason}. Choose another output folder.</source>
        <translation>{path} contient une exécution qui ne convient pas à celle-ci : {reason}. Choisissez un autre dossier de sortie.</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/errors.py"/>
        <source>{what} was cancelled; nothing half-written is left.</source>
        <translation>{what} a été annulé ; rien d'à moitié écrit ne reste.</translation>
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
MACs: multiply-accumulates, the unit of a network's work, as a fresh run at this threshold spends them: on the way to the exit, and saved where blocks had left before</source>
        <translation>Blocs : parties du raster qui sortent une à une, pour certains modèles des tuiles entières.
MACs : multiplications-additions, l'unité du travail d'un réseau, telles qu'une nouvelle exécution à ce seuil les dépense : sur le chemin de la sortie, et économisées là où des blocs étaient sortis avant</translation>
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
        <location filename="../../plugin/engine/values.py"/>
        <source>8-bit picture (0 to 255)</source>
        <translation>Image 8 bits (0 à 255)</translation>
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
        <location filename="../../plugin/processing/results.py"/>
        <source>Blocks by exit, as JSON</source>
        <translation>Blocs par sortie, en JSON</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/folder.py"/>
        <source>Browse: {}</source>
        <translation>Parcourir : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Entropy</source>
        <translation>Entropie</translation>
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
        <location filename="../../plugin/processing/results.py"/>
        <source>Polygons</source>
        <translation>Polygones</translation>
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
        <location filename="../../plugin/processing/results.py"/>
        <source>Share of the computation saved</source>
        <translation>Part du calcul économisée</translation>
    </message>
    <message>
        <location filename="../../plugin/engine/values.py"/>
        <source>Stretch from 2 % to 98 % of the values</source>
        <translation>Étirement de 2 % à 98 % des valeurs</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/preflight.py"/>
        <source>This may need {} on disk, more than the {} that a run is allowed. Choose a smaller extent, or allow more under Settings &gt; Options &gt; Exitwise.</source>
        <translation>Cela peut demander {} sur le disque, plus que les {} permis à une exécution. Choisissez une emprise plus petite, ou permettez plus sous Préférences &gt; Options &gt; Exitwise.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/results.py"/>
        <source>Writing {}</source>
        <translation>Écriture de {}</translation>
    </message>
    <message>
        <location filename="../../plugin/styles.py"/>
        <source>nats</source>
        <translation>nats</translation>
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
        <location filename="../../plugin/processing/results.py"/>
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
        <location filename="../../plugin/processing/results.py"/>
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
        <location filename="../../plugin/gui/dock.py"/>
        <source> (the model's own)</source>
        <translation> (celle du modèle)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>An export is going. Wait for its end or cancel it, then export again.</source>
        <translation>Un export est en cours. Attendez sa fin ou annulez-le, puis exportez de nouveau.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Blocks that wait for their exit: {}. Press Run to continue.</source>
        <translation>Blocs qui attendent leur sortie : {}. Appuyez sur Exécuter pour continuer.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Blocks to compute once the slider rests: {}.</source>
        <translation>Blocs à calculer dès que le curseur est au repos : {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Blocks to compute: {}, about {}.</source>
        <translation>Blocs à calculer : {}, environ {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Cancelling ...</source>
        <translation>Annulation ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Choose a folder for the results.</source>
        <translation>Choisissez un dossier pour les résultats.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Choose a folder for the results: none can be made beside this raster.</source>
        <translation>Choisissez un dossier pour les résultats : aucun ne peut être créé à côté de ce raster.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
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
        <location filename="../../plugin/gui/dock.py"/>
        <source>Expected: {} of the pixels differ from full depth.</source>
        <translation>Attendu : {} des pixels diffèrent de la pleine profondeur.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Export cancelled; nothing was written.</source>
        <translation>Export annulé ; rien n'a été écrit.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Export the classes as polygons</source>
        <translation>Exporter les classes en polygones</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Export the entropy heatmap</source>
        <translation>Exporter la carte d'entropie</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Export the mask</source>
        <translation>Exporter le masque</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>GeoTIFF (*.tif)</source>
        <translation>GeoTIFF (*.tif)</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Give the folder for the results with its full path, not {}.</source>
        <translation>Donnez le dossier des résultats avec son chemin complet, pas {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>It is not complete: {} block(s) were not computed and are empty or less exact in it. Press Run to continue, then export again.</source>
        <translation>Ce n'est pas complet : {} bloc(s) n'ont pas été calculés et y sont vides ou moins exacts. Appuyez sur Exécuter pour continuer, puis exportez de nouveau.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
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
        <source>Running the full network on blocks drawn by lot ...</source>
        <translation>Exécution du réseau complet sur des blocs tirés au sort ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>There is nothing to export yet. Press Run first.</source>
        <translation>Il n'y a encore rien à exporter. Appuyez d'abord sur Exécuter.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Tiles are being computed. Wait for the end or cancel it, then export again.</source>
        <translation>Des tuiles sont en cours de calcul. Attendez la fin ou annulez, puis exportez de nouveau.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Writing {} ...</source>
        <translation>Écriture de {} ...</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>Written: {}</source>
        <translation>Écrit : {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>{} exists already. Replace it?</source>
        <translation>{} existe déjà. Le remplacer ?</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
        <source>{} of {} tiles, {} tiles/s, {} left</source>
        <translation>{} tuiles sur {}, {} tuiles/s, encore {}</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/dock.py"/>
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
        <location filename="../../plugin/gui/extent.py"/>
        <source>Selected features only</source>
        <translation>Entités sélectionnées uniquement</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
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
        <location filename="../../plugin/gui/extent.py"/>
        <source>{} has no coordinate reference system, so nobody knows where its polygons lie. Assign one with Layer &gt; Set CRS of Layer(s), then run again.</source>
        <translation>{} n'a pas de système de coordonnées de référence : personne ne sait où sont ses polygones. Attribuez-en un avec Couche &gt; Définir le SCR de la couche, puis relancez.</translation>
    </message>
    <message>
        <location filename="../../plugin/gui/extent.py"/>
        <source>{} has no polygons. Choose another extent.</source>
        <translation>{} n'a pas de polygones. Choisissez une autre emprise.</translation>
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
</context>
<context>
    <name>RethresholdRun</name>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>A threshold of {} nats is not possible: the largest is {}.</source>
        <translation>Un seuil de {} nats n'est pas possible : le plus grand est {}.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>Blocks that need a deeper exit</source>
        <translation>Blocs qui demandent une sortie plus profonde</translation>
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
Threshold: in nats. Below the threshold that the run was computed for, blocks may need an exit that is not known; they show the deepest one that is, and are counted as missing. Segment raster with the same run folder computes them.</source>
        <translation>Écrit le masque, l'entropie et les polygones d'une exécution terminée ou annulée à un autre seuil, à partir de ce qui est connu : aucun réseau ne s'exécute, cela prend donc quelques secondes.

Dossier de l'exécution : tel que « Segmenter un raster » le garde sur demande, et le panneau toujours.
Seuil : en nats. Au-dessous du seuil pour lequel l'exécution a été calculée, des blocs peuvent demander une sortie inconnue ; ils montrent la plus profonde qui soit connue et sont comptés comme manquants. « Segmenter un raster » avec le même dossier les calcule.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/threshold.py"/>
        <source>{} block(s) need a deeper exit than was computed; Segment raster computes it.</source>
        <translation>{} bloc(s) demandent une sortie plus profonde que celle calculée ; « Segmenter un raster » la calcule.</translation>
    </message>
</context>
<context>
    <name>RunSession</name>
    <message>
        <location filename="../../plugin/gui/session.py"/>
        <source>All layers of the run were removed, so it was cancelled. What is done is kept in {}; press Run to continue.</source>
        <translation>Toutes les couches de l'exécution ont été supprimées, elle a donc été annulée. Ce qui est fait est gardé dans {} ; appuyez sur Exécuter pour continuer.</translation>
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
    <name>SegmentRaster</name>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>A threshold of {} nats is not possible with the model {}. Give one from 0 (every block is computed to full depth) to {}, its largest entropy (every block leaves at the first exit).</source>
        <translation>Un seuil de {} nats n'est pas possible avec le modèle {}. Donnez-en un de 0 (chaque bloc est calculé à pleine profondeur) à {}, sa plus grande entropie (chaque bloc sort à la première sortie).</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Bands</source>
        <translation>Bandes</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Bands must be numbers with commas between them, like 3,2,1; not {}.</source>
        <translation>Les bandes doivent être des nombres séparés par des virgules, comme 3,2,1 ; pas {}.</translation>
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
        <source>Finds roads or clouds in a raster with a network that has several exits. The raster is cut into blocks. A block leaves at the first exit where 95 % of its pixels have an entropy (uncertainty, in nats) below the threshold; only unclear blocks are computed to full depth.

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
Compute with: cpu, or what the installed onnxruntime offers besides: cuda, dml (DirectML) or coreml. Where that does not work, the CPU computes and the log says why.
Run folder: keeps scores and results of every block. A second start with the same raster, model and settings continues there, also with another threshold.

Mask: class numbers, 255 where there is no data. Entropy: uncertainty per pixel in nats. Both are Cloud-Optimised GeoTIFFs with a style beside them. Polygons: the classes along pixel edges, with area and mean entropy of each, as GeoPackage. The other outputs say which share of the full computation was saved and how many blocks left at each exit.</source>
        <translation>Trouve des routes ou des nuages dans un raster avec un réseau qui a plusieurs sorties. Le raster est découpé en blocs. Un bloc sort à la première sortie où 95 % de ses pixels ont une entropie (incertitude, en nats) au-dessous du seuil ; seuls les blocs incertains sont calculés à pleine profondeur.

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
Calculer avec : cpu, ou ce que l'onnxruntime installé offre de plus : cuda, dml (DirectML) ou coreml. Là où cela ne fonctionne pas, le CPU calcule et le journal dit pourquoi.
Dossier de l'exécution : garde les scores et résultats de chaque bloc. Un second départ avec le même raster, modèle et réglages y continue, aussi avec un autre seuil.

Masque : numéros de classe, 255 sans données. Entropie : incertitude par pixel en nats. Les deux sont des GeoTIFF optimisés pour le cloud avec un style à côté. Polygones : les classes le long des bords de pixels, avec la surface et l'entropie moyenne de chacun, en GeoPackage. Les autres sorties disent quelle part du calcul complet a été économisée et combien de blocs sont sortis à chaque sortie.</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>Incorrect parameter value for {}: {}. Give a name, one of: {}.</source>
        <translation>Valeur incorrecte pour {} : {}. Donnez un nom parmi : {}.</translation>
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
        <source>There is no band {} in {}, which has {} band(s).</source>
        <translation>Il n'y a pas de bande {} dans {}, qui a {} bande(s).</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>There is no model named {}.</source>
        <translation>Il n'y a pas de modèle nommé {}.</translation>
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
        <source>What the stored numbers mean, by name, e.g. VALUES=landsat_l1: one of {}</source>
        <translation>Ce que signifient les nombres enregistrés, par nom, p. ex. VALUES=landsat_l1 : un parmi {}</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <location filename="../../plugin/processing/segment.py"/>
        <source>{} of {} tiles, {} tiles/s</source>
        <translation>{} tuiles sur {}, {} tuiles/s</translation>
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
        <source>A block leaves early where hardly any pixel of it is expected to change (0.1 %)</source>
        <translation>Un bloc sort tôt là où presque aucun de ses pixels ne devrait changer (0,1 %)</translation>
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
    <name>Worker</name>
    <message>
        <location filename="../../plugin/worker.py"/>
        <source>Unexpected error; what is done is kept. Details: the log tab Exitwise.</source>
        <translation>Erreur inattendue ; ce qui est fait est gardé. Détails : l'onglet Exitwise du journal.</translation>
    </message>
</context>
</TS>
