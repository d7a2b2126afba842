package io.cloudlet.standalone.demo;

import io.cloudlet.api.v1alpha1.BaseSource;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMSpec;
import io.cloudlet.api.v1alpha1.Download;
import io.cloudlet.api.v1alpha1.ImageSource;
import io.cloudlet.api.v1alpha1.Readiness;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.guest.GuestImage;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The resources of the folder {@code examples/}, as they are.
 *
 * @param yaml reads them
 */
record Examples(KubernetesSerialization yaml) {
  private static final String FOLDER = "/META-INF/cloudlet/examples/";

  /** The base VM, of a guest that really is there: only image and sign of readiness differ. */
  BaseVM base(GuestImage guest, GuestFiles files) throws IOException {
    BaseVM base = read("basevm-from-image.yaml", BaseVM.class);
    BaseVMSpec spec = base.getSpec();
    Download disk = files.download(guest.disk());
    ImageSource image =
        new ImageSource(
            disk.url(),
            disk.digest(),
            files.download(guest.kernel()),
            files.download(guest.initrd()),
            guest.append());
    Readiness example = Objects.requireNonNull(spec.readiness());
    Readiness readiness =
        new Readiness(guest.ready().pattern(), null, null, null, example.timeout());
    base.setSpec(
        new BaseVMSpec(
            new BaseSource(image, null, null, null), spec.machine(), readiness, spec.balloon()));
    return base;
  }

  /** A VM of the base VM as it is. */
  Synthesis ofBase() throws IOException {
    return read("synthesis-of-base.yaml", Synthesis.class);
  }

  /** What that VM has become. */
  VMOverlay overlay() throws IOException {
    return read("vmoverlay.yaml", VMOverlay.class);
  }

  /** The same VM on another node. */
  Synthesis ofOverlay() throws IOException {
    return read("synthesis-of-overlay.yaml", Synthesis.class);
  }

  private <T> T read(String file, Class<T> kind) throws IOException {
    try (InputStream text = Examples.class.getResourceAsStream(FOLDER + file)) {
      return yaml.unmarshal(Objects.requireNonNull(text, file), kind);
    }
  }
}
