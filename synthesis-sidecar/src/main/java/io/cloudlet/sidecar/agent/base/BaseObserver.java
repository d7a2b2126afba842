package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.sidecar.agent.cache.CacheLimit;
import io.cloudlet.sidecar.agent.cache.Packages;
import io.cloudlet.sidecar.agent.control.Placed;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.agent.vm.OwnedVms;
import io.cloudlet.sidecar.agent.vm.Owner;
import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseManifest;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmRecord;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Looks at the disk and at the jobs. Thread-safe. */
record BaseObserver(
    DataDirectory data,
    Packages packages,
    CacheLimit cache,
    OwnedVms vms,
    Placed<Synthesis> syntheses,
    FactFiles<BaseFacts> facts,
    BaseJobs jobs) {
  BaseSight look(BaseVM base) throws IOException {
    BaseFacts known = facts.find(base.getMetadata().getUid()).orElse(null);
    VmRecord vm = vm(base).orElse(null);
    Digest digest = known == null ? null : Digest.parse(known.digest());
    return new BaseSight(
        known == null ? null : known.digest(),
        digest == null ? null : manifest(digest),
        digest == null ? 0 : cache.bytes(digest),
        digest == null ? null : packageBytes(digest),
        vm,
        vm == null ? Life.NONE : vms.lifeOf(vm),
        jobs.work(base),
        jobs.export(base));
  }

  private @Nullable BaseManifest manifest(Digest digest) throws IOException {
    Optional<BaseEntry> entry = BaseStore.at(data.bases()).find(digest);
    return entry.isEmpty() ? null : entry.get().manifest();
  }

  private @Nullable Long packageBytes(Digest digest) throws IOException {
    OptionalLong bytes = packages.bytes(digest);
    return bytes.isPresent() ? bytes.getAsLong() : null;
  }

  private Optional<VmRecord> vm(BaseVM base) throws IOException {
    ObjectRef reference = base.getSpec().source().synthesisRef();
    if (reference == null) {
      return Optional.empty();
    }
    Optional<Synthesis> synthesis =
        syntheses.find(base.getMetadata().getNamespace(), reference.name());
    return synthesis.isEmpty() ? Optional.empty() : vms.find(Owner.of(synthesis.get()));
  }
}
