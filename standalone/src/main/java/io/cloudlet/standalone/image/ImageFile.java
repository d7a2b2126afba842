package io.cloudlet.standalone.image;

import java.nio.file.Path;

/**
 * An image that has been made.
 *
 * @param reference name and tag
 * @param file the archive
 * @param sbom its bill of materials
 * @param digest SHA-256 of the archive, in hexadecimal digits
 * @param bytes size of the archive
 * @param packages how many Debian packages it has
 * @param qemu version of its QEMU; empty when it has none
 */
public record ImageFile(
    String reference, Path file, Path sbom, String digest, long bytes, int packages, String qemu) {}
