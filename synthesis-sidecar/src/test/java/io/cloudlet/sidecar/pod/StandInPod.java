package io.cloudlet.sidecar.pod;

import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.sidecar.agent.vm.VmPods;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.kubelet.PodVolumes;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What kubelet and container runtime make of a VM's pod: its folder under the kubelet's, and the
 * image's own first program as another user who sees nothing else, in namespaces of its own. When
 * the tests do not run as root, it is the same user, who sees everything.
 */
public final class StandInPod implements AutoCloseable {
  private static final boolean ROOT = System.getProperty("user.name").equals("root");
  private static final Path PROGRAM =
      Path.of("../standalone/src/main/resources/io/cloudlet/standalone/image/cloudlet-vm");
  private static final int GROUP = ROOT ? PodPlace.GROUP : -1;

  private final String uid;
  private final Path pod;
  private final Path folder;
  private final Path output;
  private final Process process;

  private StandInPod(String uid, Path pod, Path folder, Path output, Process process) {
    this.uid = uid;
    this.pod = pod;
    this.folder = folder;
    this.output = output;
    this.process = process;
  }

  /** How an agent is told of pods under a kubelet's folder. */
  public static VmPods pods(Path kubelet) {
    return new VmPods(new PodVolumes(kubelet), GROUP);
  }

  /**
   * Starts one.
   *
   * @param kubelet its folder, in a folder that the pod cannot see
   */
  public static StandInPod start(Path kubelet) throws IOException {
    String uid = UUID.randomUUID().toString();
    Path folder = new PodVolumes(kubelet).emptyDir(uid, PodPlace.VOLUME);
    Files.createDirectories(folder);
    if (ROOT) {
      Files.setAttribute(folder, "unix:gid", GROUP);
      Files.setAttribute(folder, "unix:mode", 02777);
    } else {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    Path output = kubelet.resolve(uid + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(ROOT ? contained(folder, kubelet) : List.of("/bin/sh", program()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .redirectInput(new File("/dev/null"));
    builder.environment().put("CLOUDLET_VM", folder.toString());
    Path pod = new PodVolumes(kubelet).pods().resolve(uid);
    return new StandInPod(uid, pod, folder, output, builder.start());
  }

  /** How a program starts with the rights of an agent's container. */
  public static List<String> withoutCapabilities() {
    return ROOT
        ? List.of(
            "setpriv",
            "--groups=" + GROUP,
            "--bounding-set=-all",
            "--inh-caps=-all",
            "--ambient-caps=-all",
            "--no-new-privs")
        : List.of();
  }

  private static String program() throws IOException {
    return PROGRAM.toRealPath().toString();
  }

  private static List<String> contained(Path folder, Path kubelet) throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "/bin/sh"));
    words.addAll(List.of("-c", script(), "container.sh"));
    words.addAll(List.of(folder.toString(), program(), qemu().toString()));
    words.add(Objects.requireNonNull(kubelet.getParent()).toString());
    return words;
  }

  private static String script() throws IOException {
    try (var in = StandInPod.class.getResourceAsStream("container.sh")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Path qemu() throws IOException {
    String command = QemuBinary.detect().command();
    for (String folder : System.getenv("PATH").split(":", -1)) {
      Path program = Path.of(folder).resolve(command);
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    throw new IOException("no " + command + " in PATH");
  }

  public Path folder() {
    return folder;
  }

  /** What the pod prints: the VM's console. */
  public String log() throws IOException {
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }

  public PodPlace place() {
    return new PodPlace(uid, folder.toString(), "127.0.0.1", GROUP);
  }

  /** What the operator says of it. */
  public VmPod says(VmPodPhase phase, String... reasonAndMessage) {
    String reason = reasonAndMessage.length > 0 ? reasonAndMessage[0] : null;
    String message = reasonAndMessage.length > 1 ? reasonAndMessage[1] : null;
    return new VmPod("pod-of-vm", uid, "127.0.0.1", phase, reason, message);
  }

  /** Whether its first program has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the pod has not ended");
    }
    return process.exitValue();
  }

  /** What the kubelet does first to end it. */
  public void terminate() {
    first().ifPresent(ProcessHandle::destroy);
  }

  /** Ends QEMU as the kernel does that has no memory left. */
  public void killQemu() {
    first().stream()
        .flatMap(ProcessHandle::children)
        .filter(it -> !it.info().command().orElse("").endsWith("sleep"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** The first process of the container. */
  private Optional<ProcessHandle> first() {
    return ROOT ? process.children().findFirst() : Optional.of(process.toHandle());
  }

  /** Its end, after which the kubelet removes its folders. */
  @Override
  public void close() throws IOException {
    first()
        .ifPresent(it -> {
          it.descendants().forEach(ProcessHandle::destroyForcibly);
          it.destroyForcibly();
        });
    process.destroyForcibly();
    try {
      process.waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Files.exists(pod)) {
      Partials.deleteTree(pod);
    }
  }
}
