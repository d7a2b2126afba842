/** The overlay file: its layout, its writer, its reader, and how every byte is verified. */
@NullMarked
package io.cloudlet.sidecar.overlay;

import org.jspecify.annotations.NullMarked;
