package io.cloudlet.standalone.e2e;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lab of one node with a base VM {@code still}, a Synthesis {@code running} and a VMOverlay
 * {@code taken}, of a guest that costs nothing.
 *
 * @param image the guest's disk, which the lab's web server has
 */
record StillLife(Lab lab, Path image, BaseVM base, Synthesis running, VMOverlay overlay)
    implements AutoCloseable {
  static StillLife start(Path folder) throws IOException {
    Lab lab = new Lab(folder);
    try {
      lab.addNode("one");
      Path image = lab.web.publish("still.raw", Guests.still());
      String spec = Specs.image(lab.web.url(image), Specs.digest(image));
      lab.awaitNode("one");
      BaseVM base = make(lab, BaseVM.class, "still", spec);
      Synthesis running = make(lab, Synthesis.class, "running", "baseRef: {name: still}");
      VMOverlay overlay = make(lab, VMOverlay.class, "taken", "synthesisRef: {name: running}");
      return new StillLife(lab, image, base, running, overlay);
    } catch (IOException | RuntimeException | Error e) {
      try (lab) {
        throw e;
      }
    }
  }

  private static <P extends HasMetadata> P make(Lab lab, Class<P> kind, String name, String spec) {
    return lab.resources.await(lab.resources.create(kind, Specs.yaml(name, spec)), "Ready");
  }

  /** Creates an object. */
  <P extends HasMetadata> P create(Class<P> kind, String name, String spec) {
    return lab.resources.create(kind, Specs.yaml(name, spec));
  }

  /** Creates an object, and returns it once it is Ready. */
  <P extends HasMetadata> P make(Class<P> kind, String name, String spec) {
    return make(lab, kind, name, spec);
  }

  /** The spec of the base VM. */
  String spec() {
    return Specs.image(lab.web.url(image), Specs.digest(image));
  }

  /** Makes the overlay's file available, as it is on the node. */
  Path publishOverlay() throws IOException {
    String uid = overlay.getMetadata().getUid();
    Path file = lab.data("one").resolve("overlays/" + uid + ".overlay");
    return lab.web.publish("taken.overlay", Files.readAllBytes(file));
  }

  /** Removes everything, and finds nothing left of it. */
  static void end(@Nullable StillLife life) throws Exception {
    if (life == null) {
      return; // It has not started.
    }
    try (life) {
      for (HasMetadata object : List.of(life.overlay, life.running, life.base)) {
        life.lab.resources.deleteUnused(object);
      }
      life.lab.endCleanly();
    }
  }

  @Override
  public void close() throws IOException {
    lab.close();
  }
}
