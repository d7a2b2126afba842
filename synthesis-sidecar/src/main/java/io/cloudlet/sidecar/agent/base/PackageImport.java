package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.PackageSource;
import io.cloudlet.sidecar.agent.cache.BaseTransfer;
import io.cloudlet.sidecar.agent.cache.TransferRequest;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.PackageHead;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.FetchProgress;
import io.cloudlet.sidecar.node.ImportBase;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.store.HttpAccess;
import io.cloudlet.sidecar.store.HttpHead;
import io.cloudlet.sidecar.store.HttpPolicy;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Imports an exported base VM. Thread-safe.
 *
 * @param access as whom to come to the servers
 * @param wanted base VMs that must not go to make room
 */
record PackageImport(
    DataDirectory data, HttpAccess access, BaseTransfer transfer, Supplier<Set<Digest>> wanted) {
  Digest run(PackageSource source, BaseName name, Progress progress) throws IOException {
    URI url = ImageBoot.uri(source.url());
    Digest digest = digest(source.digest(), url, progress);
    if (digest == null) {
      // The server sends whole files only: what it is can be seen once all of it is here.
      return new ImportBase(data, access, progress).run(source.url(), name);
    }
    TransferRequest request = new TransferRequest(digest, name, List.of(url), 0, wanted.get());
    return transfer.run(request, progress).digest();
  }

  private @Nullable Digest digest(@Nullable String given, URI url, Progress progress)
      throws IOException {
    if (given != null) {
      return Digest.parse(given);
    }
    try (FetchProgress shown = FetchProgress.ofAll(progress)) {
      Optional<HttpHead> head =
          HttpHead.fetch(url, PackageHead.MAX_BYTES, HttpPolicy.DEFAULT, access, shown);
      return head.isEmpty() ? null : PackageHead.of(head.get().bytes(), label(url)).base();
    }
  }

  /** Without the credentials that may be in it. */
  private static String label(URI url) {
    return url.getScheme() + "://" + url.getHost() + url.getPath();
  }
}
