@NullMarked
package io.cloudlet.standalone.cli;

import org.jspecify.annotations.NullMarked;
