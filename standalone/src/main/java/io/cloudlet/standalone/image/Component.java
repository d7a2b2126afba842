package io.cloudlet.standalone.image;

import java.util.Optional;

/**
 * One thing that an image carries, for its bill of materials.
 *
 * @param type library, platform or application, as CycloneDX calls it
 * @param group of a Maven artifact, else empty
 * @param name of the artifact or package
 * @param version as its makers write it
 * @param purl the address of the package; empty where there is none
 * @param sha256 of the file that it came in, in hexadecimal digits; empty where it was no file
 */
record Component(
    String type,
    Optional<String> group,
    String name,
    String version,
    Optional<String> purl,
    Optional<String> sha256) {}
