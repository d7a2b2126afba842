package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.ProcessId;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What lies on the nodes, and runs there. */
record Nodes(Lab lab, Set<String> names) {
  private static final Duration SETTLED = Duration.ofSeconds(30);

  /** The process of the VM of a Synthesis, which has to run. */
  ProcessId qemu(Synthesis synthesis) throws IOException {
    String uid = synthesis.getMetadata().getUid();
    for (String node : names) {
      for (VmRecord vm : vms(node)) {
        ProcessId process = vm.process();
        if (String.valueOf(vm.owner()).endsWith(uid) && process != null && vm.isAlive()) {
          return process;
        }
      }
    }
    throw new AssertionError("no VM runs for Synthesis " + synthesis.getMetadata().getName());
  }

  List<VmRecord> vms(String node) throws IOException {
    return Files.isDirectory(lab.data(node).resolve("vms"))
        ? new VmRegistry(open(node)).list()
        : List.of();
  }

  private DataDirectory open(String node) throws IOException {
    return DataDirectory.open(lab.data(node), "test");
  }

  /** Whether all of a base VM has come to a node. */
  boolean hasBase(String node, String digest) throws IOException {
    return BaseStore.at(open(node).bases()).find(Digest.parse(digest)).isPresent();
  }

  /** No object, no VM, and nothing in a cache that one of them was made of. */
  void assertNothingLeft() {
    assertThat(lab.client.resources(Synthesis.class).inAnyNamespace().list().getItems()).isEmpty();
    assertThat(lab.client.resources(VMOverlay.class).inAnyNamespace().list().getItems()).isEmpty();
    assertThat(lab.client.resources(BaseVM.class).inAnyNamespace().list().getItems()).isEmpty();
    Awaitility.await()
        .atMost(SETTLED)
        .untilAsserted(() -> {
          for (String node : names) {
            assertThat(undeclared(node)).as("files of node " + node).isEmpty();
          }
        });
    assertThat(processes("qemu")).as("processes of VMs").isEmpty();
  }

  private List<Path> undeclared(String node) throws IOException {
    Path data = lab.data(node);
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(Files::isRegularFile)
          .map(data::relativize)
          .filter(it -> !isOwn(it))
          .toList();
    }
  }

  private static boolean isOwn(Path file) {
    String path = file.toString();
    return path.equals("layout")
        || path.startsWith("locks/")
        || path.endsWith("/.lock")
        || path.startsWith("names/")
        || (path.startsWith("cache/") && !path.startsWith("cache/ram/"));
  }

  /** No process over the folder of this lab, but the API server's. */
  void assertNoProcess() {
    Awaitility.await()
        .atMost(SETTLED)
        .untilAsserted(() -> assertThat(processes("qemu", "java")).isEmpty());
  }

  private List<String> processes(String... programs) {
    return ProcessHandle.allProcesses()
        .map(Nodes::commandLine)
        .filter(it -> it.contains(lab.folder().toString()))
        .filter(it -> Stream.of(programs).anyMatch(it.split("\0", 2)[0]::contains))
        .map(it -> it.replace('\0', ' '))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException e) {
      return ""; // It has ended.
    }
  }

  /** Ends what a test that failed has left running. */
  void endVms() throws IOException {
    for (String node : names) {
      for (VmRecord vm : vms(node)) {
        new VmLifecycle(open(node)).remove(vm.name(), true);
      }
    }
  }
}
