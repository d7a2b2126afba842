package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.image.Images;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.SparseFile;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.DirectKernel;
import io.cloudlet.sidecar.machine.Machine;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** Small base VMs for tests; the same seed gives the same content. */
public final class Bases {
  /** A block of memory whose name would be a path. */
  public static final ImageId ROM = new ImageId(ImageKind.MEMORY, "/rom@etc/../acpi/tables");

  private Bases() {}

  /** A machine that loads its kernel directly. */
  public static Machine machine() {
    return new Machine(
        Machine.LAYOUT,
        "pc-q35-7.2",
        "qemu64",
        1,
        16L << 20,
        Accelerator.TCG,
        List.of(),
        new DirectKernel(true, "console=ttyS0"),
        true);
  }

  /**
   * Makes a base VM: a disk of 24 MiB, 16 MiB of memory of which a third repeats pages of the disk,
   * and a ROM block whose length is no multiple of a page.
   */
  public static Digest create(BaseStore store, String name, long seed) throws IOException {
    RandomGenerator random = Images.random(seed);
    try (BaseDraft draft = store.draft(new BaseName(name))) {
      fill(draft, random);
      return draft.commit(machine());
    }
  }

  private static void fill(BaseDraft draft, RandomGenerator random) throws IOException {
    byte[][] pages = new byte[64][];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = Images.page(random);
    }
    try (SparseFile disk = SparseFile.create(draft.addImage(ImageId.FIRST_DISK), 24L << 20)) {
      for (int i = 0; i < pages.length; i++) {
        disk.write((i * 37L) << Page.SHIFT, MemorySegment.ofArray(pages[i]));
      }
    }
    try (SparseFile memory = SparseFile.create(draft.addImage(ImageId.MAIN_MEMORY), 16L << 20)) {
      for (int i = 0; i < pages.length; i++) {
        byte[] page = i % 3 == 0 ? pages[i] : Images.page(random);
        memory.write((i * 11L + 5) << Page.SHIFT, MemorySegment.ofArray(page));
      }
    }
    try (SparseFile rom = SparseFile.create(draft.addImage(ROM), 5000)) {
      rom.write(4990, MemorySegment.ofArray(new byte[] {1, 2, 3, 4}));
    }
    Path scratch = Files.createTempFile("kernel", null);
    draft.preamble(bytes(random, 100));
    draft.deviceState(bytes(random, 170_000));
    draft.kernel(Files.write(scratch, bytes(random, 3_000_000)));
    draft.initrd(Files.write(scratch, bytes(random, 1)));
    Files.delete(scratch);
  }

  private static byte[] bytes(RandomGenerator random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
