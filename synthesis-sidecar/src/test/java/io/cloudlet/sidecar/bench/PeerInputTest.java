package io.cloudlet.sidecar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.delta.EncodeOptions;
import io.cloudlet.sidecar.delta.OverlayDiff;
import io.cloudlet.sidecar.delta.Progress;
import io.cloudlet.sidecar.delta.StateFiles;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerInputTest {
  private static final byte[] ZERO = new byte[Page.SIZE];

  private final Random random = new Random(17);

  @TempDir Path folder;

  private byte[] page() {
    byte[] page = new byte[Page.SIZE];
    random.nextBytes(page);
    return page;
  }

  private static byte[] join(byte[]... pages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] page : pages) {
      all.writeBytes(page);
    }
    return all.toByteArray();
  }

  @Test
  void holdsEachNewPageOnceInTheOrderOfAddresses() throws IOException {
    byte[] old1 = page();
    byte[] old2 = page();
    byte[] new1 = page();
    byte[] new2 = page();
    byte[] new3 = page();
    Path before = Files.write(folder.resolve("before"), join(old1, ZERO, old2, ZERO, old1, old1));
    Path after = Files.write(folder.resolve("after"), join(new2, new1, ZERO, old2, new2, new3));
    Path overlay = folder.resolve("overlay");
    new OverlayDiff(new EncodeOptions(Effort.BEST, 1, Instant.EPOCH), Progress.NONE)
        .create(new StateFiles(before, null), new StateFiles(after, null), folder, overlay);

    try (OverlayReader reader = OverlayReader.open(overlay);
        MappedImage base = MappedImage.open(before)) {
      PeerInput input = PeerInput.write(reader, List.of(base), folder);
      assertThat(input.fresh()).hasBinaryContent(join(new2, new1, new3));
      assertThat(input.base()).hasBinaryContent(join(old1, old2, old1, old1));
    }
  }
}
