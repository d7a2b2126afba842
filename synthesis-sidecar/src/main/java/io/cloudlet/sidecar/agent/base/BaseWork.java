package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMSpec;
import io.cloudlet.api.v1alpha1.ImageSource;
import io.cloudlet.api.v1alpha1.PackageSource;
import io.cloudlet.sidecar.agent.cache.Copies;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.job.Desk;
import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.PromoteVm;
import io.cloudlet.sidecar.node.VmName;
import java.io.IOException;
import java.util.Optional;

/** What the jobs of a BaseVM do. Thread-safe. */
final class BaseWork {
  private static final int LONGEST = 50;
  private static final int UID_DIGITS = 8;

  private final DataDirectory data;
  private final ImageBoot images;
  private final PackageImport packages;
  private final Copies copies;
  private final FactFiles<BaseFacts> facts;

  BaseWork(
      DataDirectory data,
      ImageBoot images,
      PackageImport packages,
      Copies copies,
      FactFiles<BaseFacts> facts) {
    this.data = data;
    this.images = images;
    this.packages = packages;
    this.copies = copies;
    this.facts = facts;
  }

  /** Makes it of a disk, or imports it. */
  void make(BaseVM base, Desk desk) throws IOException {
    BaseVMSpec spec = base.getSpec();
    ImageSource image = spec.source().image();
    PackageSource exported = spec.source().exported();
    BaseName name = nameOf(base);
    Optional<Digest> made = find(name);
    Digest digest;
    if (made.isPresent()) {
      digest = made.get();
    } else if (image != null) {
      digest = images.run(spec, image, name, desk);
    } else if (exported != null) {
      digest = desk.fetching(() -> packages.run(exported, name, desk));
    } else {
      throw new IllegalArgumentException("spec.source names nothing that this node can use");
    }
    note(base, digest);
  }

  /** Makes it of a running VM. */
  void promote(BaseVM base, VmName vm, Progress progress) throws IOException {
    BaseName name = nameOf(base);
    Optional<Digest> made = find(name);
    boolean squeeze = Boolean.TRUE.equals(base.getSpec().balloon());
    note(
        base,
        made.isPresent()
            ? made.get()
            : new PromoteVm(data, progress).run(vm, name, squeeze).base());
  }

  private void note(BaseVM base, Digest digest) throws IOException {
    copies.note(digest);
    String object = base.getMetadata().getNamespace() + "/" + base.getMetadata().getName();
    facts.put(base.getMetadata().getUid(), new BaseFacts(object, digest.toString()));
  }

  /** One that was made by an agent that died before it could take note. */
  private Optional<Digest> find(BaseName name) throws IOException {
    return BaseStore.at(data.bases()).list().stream()
        .filter(entry -> entry.name().equals(name))
        .map(BaseEntry::digest)
        .findFirst();
  }

  /** Its own name for people, and enough of its uid to be the only one. */
  static BaseName nameOf(BaseVM base) {
    String name = base.getMetadata().getName();
    String digits = base.getMetadata().getUid().replace("-", "");
    return new BaseName(
        name.substring(0, Math.min(name.length(), LONGEST))
            + "-"
            + digits.substring(0, Math.min(digits.length(), UID_DIGITS)));
  }
}
