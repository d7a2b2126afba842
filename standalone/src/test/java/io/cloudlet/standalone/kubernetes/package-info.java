@NullMarked
package io.cloudlet.standalone.kubernetes;

import org.jspecify.annotations.NullMarked;
