package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.agent.http.ContentServer;
import io.cloudlet.sidecar.agent.http.ServerAccess;
import io.cloudlet.sidecar.agent.http.ServerLimits;
import io.cloudlet.sidecar.base.BaseDraft;
import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.Bases;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.image.SparseFile;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.store.HttpAccess;
import io.cloudlet.sidecar.store.HttpPolicy;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** A data directory that stands for a machine, and what it gives away. */
final class TestNode implements AutoCloseable {
  /** Five parts of a download. */
  static final int RANDOM = 19 << 20;

  static final long PLENTY = 1L << 40;

  /** One part after the other, so that it is known how far a transfer has come. */
  static final HttpPolicy POLICY =
      new HttpPolicy(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          2,
          Duration.ofMillis(1),
          Duration.ofMillis(10),
          1,
          0);

  final DataDirectory data;
  final Packages packages;
  final CacheLimit limit;
  private final ContentServer server;

  TestNode(Path root) throws IOException {
    this(root, PLENTY);
  }

  TestNode(Path root, long limitBytes) throws IOException {
    data = DataDirectory.open(root, "test");
    packages = new Packages(data);
    limit = new CacheLimit(data, packages, limitBytes);
    server =
        ContentServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            OverlayFiles.open(data),
            packages,
            ServerAccess.EVERYBODY,
            ServerLimits.DEFAULT);
  }

  /** A base VM whose package takes a while. */
  Digest createLarge(String name, long seed) throws IOException {
    byte[] random = new byte[RANDOM];
    new Random(seed).nextBytes(random);
    Path kernel = Files.write(Files.createTempFile("kernel", null), random);
    try (BaseDraft draft = store().draft(new BaseName(name))) {
      try (SparseFile disk = SparseFile.create(draft.addImage(ImageId.FIRST_DISK), 1 << 20)) {
        disk.write(4096, MemorySegment.ofArray(new byte[] {1, 2, 3}));
      }
      SparseFile.create(draft.addImage(ImageId.MAIN_MEMORY), 16 << 20).close();
      draft.kernel(kernel);
      draft.initrd(kernel);
      return draft.commit(Bases.machine());
    } finally {
      Files.delete(kernel);
    }
  }

  BaseStore store() throws IOException {
    return BaseStore.at(data.bases());
  }

  URI url(Digest base) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + "/v1/bases/" + base.hex());
  }

  long sentBytes() {
    return server.sentBytes();
  }

  BaseEntry fetch(Digest base, Progress progress, URI... sources) throws IOException {
    return new BaseTransfer(data, HttpAccess.ANONYMOUS, POLICY, packages, limit)
        .run(new TransferRequest(base, null, List.of(sources), 0, Set.of(base)), progress);
  }

  /** Whether nothing lies anywhere but what is complete. */
  boolean isClean() throws IOException {
    for (Path folder : List.of(data.bases(), data.packages(), data.temporary())) {
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.anyMatch(
            file -> Partials.isPartial(file) || file.startsWith(data.temporary()))) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void close() {
    server.close();
  }
}
