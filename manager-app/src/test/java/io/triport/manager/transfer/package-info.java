@NullMarked
package io.triport.manager.transfer;

import org.jspecify.annotations.NullMarked;
