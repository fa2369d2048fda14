@NullMarked
package io.triport.manager.job;

import org.jspecify.annotations.NullMarked;
