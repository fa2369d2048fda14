@NullMarked
package io.triport.manager.bulk;

import org.jspecify.annotations.NullMarked;
