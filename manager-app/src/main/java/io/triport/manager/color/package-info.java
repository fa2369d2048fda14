/**
 * Colours by which people tell namespaces and keys apart. Start reading at {@code ColorRoutes}.
 */
@NullMarked
package io.triport.manager.color;

import org.jspecify.annotations.NullMarked;
