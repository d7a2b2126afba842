package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.util.List;

/** Knows what stands on a base VM: virtual machines, cached images. */
@FunctionalInterface
public interface BaseUsers {
  /** What uses this base VM, in words for a person ({@code VM web}); empty when nothing does. */
  List<String> of(Digest base) throws IOException;
}
