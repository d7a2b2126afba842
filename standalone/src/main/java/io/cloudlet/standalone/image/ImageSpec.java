package io.cloudlet.standalone.image;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one of the images is.
 *
 * @param name the last part of its name
 * @param title for the label
 * @param user number of the user, and of its group, that the entry point runs as
 * @param environment variables, NAME=VALUE
 * @param entryPoint program and first arguments
 * @param packages Debian packages, which bring what they depend on
 * @param part the part of the program that it has, as its artifact is called
 * @param scripts programs of this part that a shell runs, in {@code /usr/bin}; none means that the
 *     entry point is Java itself
 */
record ImageSpec(
    String name,
    String title,
    String user,
    List<String> environment,
    List<String> entryPoint,
    List<String> packages,
    String part,
    List<String> scripts) {
  private static final String PATH = "PATH=/usr/bin:/opt/java/bin:/usr/sbin";

  /** The C library, what JDKs of distributions link against besides it, and the zones of time. */
  private static final List<String> FOR_JAVA = List.of("libc6", "zlib1g", "libstdc++6", "tzdata");

  /** The operator: no shell, no program but Java. */
  static ImageSpec operator() {
    return new ImageSpec(
        "operator",
        "Cloudlet's operator",
        "65532:65532",
        List.of(PATH, "LANG=C.UTF-8"),
        List.of("/usr/bin/cloudlet-operator", "@/opt/cloudlet/operator.args"),
        FOR_JAVA,
        "cloudlet-operator",
        List.of());
  }

  /** The agent: what works with VMs, QEMU, and a shell for the start of either. */
  static ImageSpec agent() {
    return new ImageSpec(
        "agent",
        "Cloudlet's agent, with QEMU",
        "0:0",
        List.of(PATH, "LANG=C.UTF-8"),
        List.of("/usr/bin/cloudlet"),
        List.of(
            "libc6",
            "zlib1g",
            "libstdc++6",
            "tzdata",
            "dash",
            "coreutils",
            "sed",
            "util-linux", // setsid
            // Guests are x86 machines, whatever this one is.
            "qemu-system-x86",
            "qemu-utils"),
        "cloudlet-synthesis-sidecar",
        List.of("cloudlet", "cloudlet-vm"));
  }

  String reference(Provenance provenance) {
    return "cloudlet/" + name + ":" + provenance.version();
  }

  /** The labels of the OCI that tell where an image comes from. */
  SortedMap<String, String> labels(Provenance provenance) {
    SortedMap<String, String> labels =
        new TreeMap<>(
            Map.of(
                "org.opencontainers.image.title",
                title,
                "org.opencontainers.image.version",
                provenance.version(),
                "org.opencontainers.image.created",
                provenance.time().toString(),
                "org.opencontainers.image.licenses",
                "Apache-2.0"));
    provenance.revision().ifPresent(id -> labels.put("org.opencontainers.image.revision", id));
    provenance.source().ifPresent(url -> labels.put("org.opencontainers.image.source", url));
    return labels;
  }
}
