/**
 * The storage ports of the domain on real engines, one package per technology. Nothing here knows of identity.
 */
@NullMarked
package io.triport.storage;

import org.jspecify.annotations.NullMarked;
