/** Tests of configuration. Start reading at {@code SectionTest}. */
@NullMarked
package io.triport.identity.config;

import org.jspecify.annotations.NullMarked;
