/** The object proxy as a process, with real clients before it and endpoints behind it. */
@NullMarked
package io.triport.e2e.objects;

import org.jspecify.annotations.NullMarked;
