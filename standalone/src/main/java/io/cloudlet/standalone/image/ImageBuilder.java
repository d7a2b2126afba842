package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes images out of Debian packages, a Java runtime and Cloudlet's jars. Needs apt and dpkg, but
 * neither root nor a container runtime. The same commit and packages give the same bytes.
 */
public final class ImageBuilder {
  private final PackageSource packages;
  private final JavaRuntime runtime;
  private final ProgramJars jars;
  private final Provenance provenance;

  ImageBuilder(
      PackageSource packages, JavaRuntime runtime, ProgramJars jars, Provenance provenance) {
    this.packages = packages;
    this.runtime = runtime;
    this.jars = jars;
    this.provenance = provenance;
  }

  /**
   * Of a built program, with the JDK that runs this and this machine's apt.
   *
   * @param built the folder with the program's jar, and its libraries in {@code lib}
   */
  public static ImageBuilder of(Path built, String version, Map<String, String> environment)
      throws IOException {
    Path cache = cache(environment).resolve("images");
    return new ImageBuilder(
        new DebianSource(cache, environment),
        new JavaRuntime(Path.of(System.getProperty("java.home")), cache),
        new ProgramJars(built, version),
        Provenance.of(version, built, environment));
  }

  private static Path cache(Map<String, String> environment) {
    String said = environment.getOrDefault("CLOUDLET_CACHE", "");
    return said.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "cloudlet")
        : Path.of(said).toAbsolutePath();
  }

  /** Makes one image in a folder, where it takes the place of an older one. */
  public ImageFile build(ImageKind kind, Path output, BuildProgress progress) throws IOException {
    ImageSpec spec = kind.spec();
    Folders.create(output);
    Partials.clean(output);
    Path room = Partials.siblingOf(output.resolve(spec.name()));
    Folders.create(room);
    try {
      return build(spec, output, room, progress);
    } finally {
      Partials.deleteTree(room);
    }
  }

  private ImageFile build(ImageSpec spec, Path output, Path room, BuildProgress progress)
      throws IOException {
    List<Path> programs = jars.of(spec.part());
    List<Path> fetched = packages.fetch(spec.packages(), progress);
    Path java = runtime.linked(progress);
    progress.step("unpacking " + fetched.size() + " packages");
    DebianLayer debian =
        DebianLayer.unpack(fetched, Files.createDirectory(room.resolve("packages")));

    List<Component> components = new ArrayList<>(debian.components());
    components.add(runtime.component());
    for (Path jar : programs) {
      components.add(ProgramJars.component(jar));
    }
    String sbom = Sbom.of(spec.reference(provenance), provenance, components);
    List<Layer> layers =
        List.of(
            debian.layer(),
            new Layer("Java").putTree("opt/java", java, path -> true),
            CloudletLayer.of(spec, programs, sbom));

    progress.step("writing the image of the " + spec.name());
    String name = "cloudlet-" + spec.name() + "-" + provenance.version();
    Path file = output.resolve(name + ".tar");
    write(spec, layers, room, file);
    return new ImageFile(
        spec.reference(provenance),
        file,
        writeText(sbom, output.resolve(name + ".cdx.json")),
        Sha256.of(file),
        Files.size(file),
        debian.components().size(),
        qemu(debian.components()));
  }

  private void write(ImageSpec spec, List<Layer> layers, Path room, Path file) throws IOException {
    List<LayerTar> tars = new ArrayList<>();
    for (Layer layer : layers) {
      Path tar = room.resolve(tars.size() + ".tar");
      tars.add(LayerTar.write(layer, provenance.time(), tar));
    }
    List<String> names = layers.stream().map(Layer::name).toList();
    byte[] configuration = DockerArchive.configuration(spec, provenance, names, tars);
    DockerArchive.write(spec.reference(provenance), configuration, tars, provenance.time(), file);
  }

  private static Path writeText(String text, Path file) throws IOException {
    Path partial = Partials.siblingOf(file);
    Files.write(partial, text.getBytes(StandardCharsets.UTF_8));
    return Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String qemu(List<Component> components) {
    return components.stream()
        .filter(component -> component.name().startsWith("qemu-system-"))
        .map(Component::version)
        .findFirst()
        .orElse("");
  }
}
