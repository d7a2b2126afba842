package io.cloudlet.sidecar.machine;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A VM's hardware: with a disk's content, what it takes to start the very same machine again.
 *
 * <p>QEMU loads a captured state only into a machine of the same type, CPU model, memory size and
 * devices, so a base records this once and every overlay of it repeats it.
 *
 * @param layout which devices there are and at which addresses; {@value #LAYOUT} is the only one.
 *     Another number means that a newer version made this
 * @param machineType QEMU's versioned machine type, such as {@code pc-q35-7.2}. An alias such as
 *     {@code q35} is refused: it means another machine in another version of QEMU
 * @param cpuModel QEMU's CPU model, features included: {@code qemu64}, {@code Haswell,-hle}
 * @param cpus virtual CPUs, 1 to {@value #MAX_CPUS}
 * @param memoryBytes guest memory, 1 MiB to 4 TiB in whole MiB
 * @param accelerator what runs the guest
 * @param ports what the host forwards; no two share a port of the host other than 0, or a port of
 *     the guest
 * @param directKernel the kernel that QEMU loads; null when the disk's boot loader runs
 * @param balloon whether a balloon device with free page reporting gives unused memory back
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Machine(
    int layout,
    String machineType,
    String cpuModel,
    int cpus,
    long memoryBytes,
    Accelerator accelerator,
    List<Port> ports,
    @Nullable DirectKernel directKernel,
    boolean balloon) {
  /** The set of devices that this version builds. */
  public static final int LAYOUT = 1;

  /** The most virtual CPUs of a machine without an interrupt remapper. */
  public static final int MAX_CPUS = 255;

  private static final long MIB = 1L << 20;
  private static final long MAX_MEMORY = 4L << 40;
  private static final Pattern MACHINE_TYPE = Pattern.compile("pc-q35-[a-z0-9]+(\\.[0-9]+){1,2}");
  private static final Pattern CPU_MODEL =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*(,[A-Za-z0-9_.+-]+(=[A-Za-z0-9_.-]+)?)*");

  /** Checks every field and names the one that is wrong. */
  public Machine {
    require(layout == LAYOUT, "layout", LAYOUT + "; a newer version made it", layout);
    require(
        matches(MACHINE_TYPE, machineType),
        "machineType",
        "versioned, such as pc-q35-7.2",
        machineType);
    require(matches(CPU_MODEL, cpuModel), "cpuModel", "MODEL[,FEATURE...]", cpuModel);
    require(cpus >= 1 && cpus <= MAX_CPUS, "cpus", "1 to " + MAX_CPUS, cpus);
    require(
        memoryBytes >= MIB && memoryBytes <= MAX_MEMORY && memoryBytes % MIB == 0,
        "memoryBytes",
        "1 MiB to 4 TiB in whole MiB",
        memoryBytes);
    Objects.requireNonNull(accelerator, "machine.accelerator");
    ports = List.copyOf(Objects.requireNonNull(ports, "machine.ports"));
    long hosts = ports.stream().mapToInt(Port::host).filter(host -> host != 0).count();
    long distinctHosts =
        ports.stream().mapToInt(Port::host).filter(host -> host != 0).distinct().count();
    long distinctGuests = ports.stream().mapToInt(Port::guest).distinct().count();
    require(
        hosts == distinctHosts && distinctGuests == ports.size(),
        "ports",
        "free of repetitions",
        ports);
  }

  /** The same machine behind other ports of the host. */
  public Machine withPorts(List<Port> others) {
    return new Machine(
        layout,
        machineType,
        cpuModel,
        cpus,
        memoryBytes,
        accelerator,
        others,
        directKernel,
        balloon);
  }

  // A missing JSON property arrives as null whatever the component's type says.
  private static boolean matches(Pattern pattern, @Nullable String text) {
    return text != null && text.length() <= 255 && pattern.matcher(text).matches();
  }

  private static void require(boolean holds, String field, String rule, @Nullable Object found) {
    if (!holds) {
      throw new IllegalArgumentException("machine." + field + " has to be " + rule + ": " + found);
    }
  }
}
