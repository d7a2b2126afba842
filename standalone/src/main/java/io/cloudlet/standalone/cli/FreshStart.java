package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Leftovers;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.standalone.kubernetes.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Removes what an API server of before has brought about: its resources, and the VMs that agents
 * run for them. Base VMs, and VMs of the command line, stay.
 *
 * @param server the API server's folder
 * @param data the data directory of the first node; those of others lie in it
 * @param say hears what is removed
 */
record FreshStart(Path server, Path data, Consumer<String> say) {
  private static final String OWNER = "synthesis/";

  void run() throws IOException {
    if (ApiServer.remove(server)) {
      say.accept("all resources in " + server + " are removed");
    }
    for (Path node : nodes()) {
      endVms(DataDirectory.open(node, "up --fresh"));
    }
  }

  private List<Path> nodes() throws IOException {
    List<Path> all = new ArrayList<>();
    if (Files.isDirectory(data)) {
      all.add(data);
    }
    Path others = data.resolve("nodes");
    if (Files.isDirectory(others)) {
      try (Stream<Path> folders = Files.list(others)) {
        folders.filter(Files::isDirectory).forEach(all::add);
      }
    }
    return all;
  }

  private void endVms(DataDirectory node) throws IOException {
    Leftovers.clear(node).forEach(say);
    for (VmRecord vm : new VmRegistry(node).list()) {
      String owner = vm.owner();
      if (owner != null && owner.startsWith(OWNER)) {
        new VmLifecycle(node).remove(vm.name(), true);
        say.accept("VM " + vm.name() + " of " + owner + " has ended");
      }
    }
  }
}
