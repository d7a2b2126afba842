@NullMarked
package io.cloudlet.standalone;

import org.jspecify.annotations.NullMarked;
