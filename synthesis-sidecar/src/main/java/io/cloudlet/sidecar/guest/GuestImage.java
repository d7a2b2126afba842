package io.cloudlet.sidecar.guest;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A guest that is ready to boot. Nothing may write to its files: start a VM from a layer over the
 * disk.
 *
 * @param kernel what QEMU loads
 * @param initrd its initial RAM disk
 * @param disk raw sparse disk image, to be the first virtio disk
 * @param append the kernel's command line
 * @param memoryBytes memory that the guest is made for
 * @param ready what the serial console says when the guest has booted and is idle
 * @param port TCP port of the guest at which its application answers
 */
public record GuestImage(
    Path kernel,
    Path initrd,
    Path disk,
    String append,
    long memoryBytes,
    Pattern ready,
    int port) {}
