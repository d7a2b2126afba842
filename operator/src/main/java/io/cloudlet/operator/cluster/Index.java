package io.cloudlet.operator.cluster;

import java.util.List;
import java.util.function.Function;

/**
 * A way to find objects without looking at all of them.
 *
 * @param name unique for a kind
 * @param keys under which an object is found
 */
public record Index<T>(String name, Function<T, List<String>> keys) {}
