package io.cloudlet.standalone.demo;

import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Leftovers;
import io.cloudlet.sidecar.node.ResourceLock;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.standalone.kubernetes.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a demo: an API server and two nodes. Nothing of it stays, not even a VM. */
final class DemoPlace implements AutoCloseable {
  private final Path root;
  private final ResourceLock lock;

  private DemoPlace(Path root, ResourceLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Takes the folder, and removes what a demo that was killed has left. */
  static DemoPlace open(Path root) throws IOException {
    ResourceLock lock = ResourceLock.acquire(root, "lock", "the demo's folder", "demo");
    DemoPlace place = new DemoPlace(Folders.create(root).toRealPath(), lock);
    place.clear();
    return place;
  }

  /** The folder itself. */
  Path root() {
    return root;
  }

  Path server() {
    return root.resolve("kubernetes");
  }

  Path node(String name) {
    return root.resolve(name);
  }

  private void clear() throws IOException {
    ApiServer.remove(server());
    for (String name : new String[] {ResourceDemo.ONE, ResourceDemo.TWO}) {
      if (Files.isDirectory(node(name))) {
        DataDirectory data = DataDirectory.open(node(name), "demo");
        Leftovers.clear(data);
        for (VmRecord vm : new VmRegistry(data).list()) {
          new VmLifecycle(data).remove(vm.name(), true);
        }
        Partials.deleteTree(node(name));
      }
    }
  }

  /** Ends what still runs, and removes everything. */
  @Override
  public void close() throws IOException {
    try {
      clear();
    } finally {
      lock.close();
    }
  }
}
