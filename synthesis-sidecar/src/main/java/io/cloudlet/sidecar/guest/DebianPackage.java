package io.cloudlet.sidecar.guest;

/**
 * One version of a package, as apt would download it.
 *
 * @param file name of the file
 * @param digest algorithm and value, such as {@code SHA256:…}, as the package list has it
 */
record DebianPackage(String file, String digest) {}
