package io.cloudlet.sidecar.agent;

import io.cloudlet.api.v1alpha1.CloudletNodeStatusBuilder;
import io.cloudlet.api.v1alpha1.NodeCache;
import io.cloudlet.sidecar.agent.cache.CacheLimit;
import io.cloudlet.sidecar.agent.cache.CacheUsage;
import io.cloudlet.sidecar.agent.cache.Packages;
import io.cloudlet.sidecar.agent.node.BaseInventory;
import io.cloudlet.sidecar.agent.node.NodeInventory;
import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the cache of this node takes and holds. */
record CacheInventory(
    DataDirectory data, CacheLimit cache, Packages packages, ContentAddress address)
    implements NodeInventory, BaseInventory.Sizes {
  /** What is free changes all the time; a status is written when it has changed by this much. */
  private static final long GRAIN = 256L << 20;

  private static final String HEX = "[0-9a-f]{64}";

  @Override
  public void addTo(CloudletNodeStatusBuilder status) throws IOException {
    CacheUsage usage = cache.usage();
    status
        .address(address.get())
        .cache(new NodeCache(usage.limit(), usage.used(), usage.free() / GRAIN * GRAIN))
        .overlays(prepared());
  }

  private List<String> prepared() throws IOException {
    try (Stream<Path> entries = Files.list(data.ramCache())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches(HEX))
          .map(name -> new Digest(name).toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public @Nullable Long storedBytes(BaseEntry base) throws IOException {
    return cache.bytes(base.digest());
  }

  @Override
  public @Nullable Long packageBytes(Digest base) throws IOException {
    OptionalLong bytes = packages.bytes(base);
    return bytes.isPresent() ? bytes.getAsLong() : null;
  }
}
