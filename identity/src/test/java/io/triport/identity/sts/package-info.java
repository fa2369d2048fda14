/** Tests of sessions and of who gets them. Start reading at {@code StsServiceTest}. */
@NullMarked
package io.triport.identity.sts;

import org.jspecify.annotations.NullMarked;
