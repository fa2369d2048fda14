@NullMarked
package io.triport.domain.table;

import org.jspecify.annotations.NullMarked;
