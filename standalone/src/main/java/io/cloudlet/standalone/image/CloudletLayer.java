package io.cloudlet.standalone.image;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What is Cloudlet's own in an image: jars, the programs that start them, users and folders. */
final class CloudletLayer {
  private static final String USERS =
      """
      root:x:0:0:root:/root:/usr/sbin/nologin
      qemu:x:107:107:runs virtual machines:/run/cloudlet/vm:/usr/sbin/nologin
      cloudlet:x:65532:65532:runs the operator:/tmp:/usr/sbin/nologin
      nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
      """;
  private static final String GROUPS =
      """
      root:x:0:
      qemu:x:107:
      cloudlet:x:65532:
      nogroup:x:65534:
      """;
  private static final String NAMES =
      """
      passwd: files
      group: files
      hosts: files dns
      services: files
      """;

  private CloudletLayer() {}

  /**
   * The layer of an image.
   *
   * @param sbom its bill of materials, which lies in the image as well
   */
  static Layer of(ImageSpec spec, List<Path> jars, String sbom) throws IOException {
    Layer layer = new Layer("Cloudlet");
    layer.put("etc/passwd", new LayerEntry.Text(USERS, 0644));
    layer.put("etc/group", new LayerEntry.Text(GROUPS, 0644));
    layer.put("etc/nsswitch.conf", new LayerEntry.Text(NAMES, 0644));
    layer.put("tmp", new LayerEntry.Folder(01777));
    // Runtimes mount something at each of these; a read-only root has to have them already.
    for (String place : List.of("dev", "proc", "sys", "run/cloudlet/vm", "root")) {
      layer.put(place, new LayerEntry.Folder(0755));
    }
    for (Path jar : jars) {
      layer.put("opt/cloudlet/lib/" + ProgramJars.nameOf(jar), new LayerEntry.Copied(jar, 0644));
    }
    layer.put(
        "usr/share/sbom/cloudlet-" + spec.name() + ".cdx.json", new LayerEntry.Text(sbom, 0644));
    for (String script : spec.scripts()) {
      layer.put("usr/bin/" + script, new LayerEntry.Text(resource(script), 0755));
    }
    if (spec.scripts().isEmpty()) {
      // Java finds its home behind the link. No shell is needed for it.
      layer.put("usr/bin/cloudlet-operator", new LayerEntry.Link("/opt/java/bin/java"));
      layer.put("opt/cloudlet/operator.args", new LayerEntry.Text(resource("operator.args"), 0644));
    }
    return layer;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = CloudletLayer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException("the program lacks its resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
