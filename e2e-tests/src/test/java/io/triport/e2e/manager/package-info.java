@NullMarked
package io.triport.e2e.manager;

import org.jspecify.annotations.NullMarked;
