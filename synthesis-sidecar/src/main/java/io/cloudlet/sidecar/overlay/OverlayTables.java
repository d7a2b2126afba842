package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.store.OverlaySource;
import java.io.IOException;

/** The verified tables of a file. */
record OverlayTables(OverlayManifest manifest, SegmentDirectory directory, OverlayIndex index) {

  /** Reads the tables, each only after its digest has been found right. */
  static OverlayTables read(OverlaySource source, Footer footer) throws IOException {
    String name = source.describe();
    byte[] json = load(source, footer.manifest(), "manifest");
    OverlayManifest manifest = ManifestJson.decode(json, name, footer.manifest().offset());
    if (manifest.format() != Header.VERSION) {
      throw new CorruptException(
          name, footer.manifest().offset(), "the manifest is of format " + manifest.format());
    }
    long segmentsEnd = checkBlobs(manifest, footer, name);
    SegmentDirectory directory = directory(source, footer, segmentsEnd);
    checkReferences(directory, manifest, footer, name);
    long pages = manifest.images().stream().mapToLong(i -> Page.count(i.length())).sum();
    if (directory.slots() > pages) {
      throw new CorruptException(
          name,
          footer.directory().offset(),
          directory.slots() + " new pages are more than the " + pages + " of all images");
    }
    VarintReader runs = table(source, footer.index(), "index");
    return new OverlayTables(
        manifest, directory, IndexCodec.decode(runs, manifest, directory.slots()));
  }

  private static SegmentDirectory directory(OverlaySource source, Footer footer, long segmentsEnd)
      throws IOException {
    VarintReader entries = table(source, footer.directory(), "directory");
    SegmentDirectory directory = DirectoryCodec.decode(entries, segmentsEnd - Header.LENGTH);
    if (directory.end() != segmentsEnd) {
      throw new CorruptException(
          source.describe(),
          directory.end(),
          "the segments end here, but what follows them begins at " + segmentsEnd);
    }
    return directory;
  }

  /** Blobs lie end to end before the directory; returns where the first one, or it, begins. */
  private static long checkBlobs(OverlayManifest manifest, Footer footer, String source)
      throws CloudletException {
    long end = footer.directory().offset();
    for (Blob blob : manifest.blobs().reversed()) {
      String part = "blob " + blob.name();
      Packed.check(source, footer.manifest().offset(), blob.stored(), blob.length(), part);
      if (blob.stored() > end - Header.LENGTH || blob.offset() != end - blob.stored()) {
        throw new CorruptException(
            source,
            footer.manifest().offset(),
            part + " is at " + blob.offset() + "+" + blob.stored() + ", not before " + end);
      }
      end = blob.offset();
    }
    return end;
  }

  private static void checkReferences(
      SegmentDirectory directory, OverlayManifest manifest, Footer footer, String source)
      throws CorruptException {
    for (Segment segment : directory.segments()) {
      for (BaseRun run : segment.codec().references()) {
        boolean exists =
            run.image() < manifest.baseImages().size()
                && run.page() + (long) run.count()
                    <= Page.count(manifest.baseImages().get(run.image()).length());
        if (!exists) {
          throw new CorruptException(
              source,
              footer.directory().offset(),
              "segment " + segment.number() + " refers to pages that the base has not: " + run);
        }
      }
    }
  }

  private static VarintReader table(OverlaySource source, TableLocation table, String name)
      throws IOException {
    byte[] stored = load(source, table, name);
    String file = source.describe();
    byte[] content = Packed.unpack(stored, table.unpacked(), file, table.offset(), name);
    return new VarintReader(content, name, file, table.offset());
  }

  private static byte[] load(OverlaySource source, TableLocation table, String name)
      throws IOException {
    byte[] stored = OverlayReader.read(source, table.offset(), table.stored());
    Digest found = Digest.sha256(stored);
    if (!found.equals(table.digest())) {
      throw new CorruptException(
          source.describe(),
          table.offset(),
          "the " + name + " has the digest " + found + ", not " + table.digest());
    }
    return stored;
  }
}
