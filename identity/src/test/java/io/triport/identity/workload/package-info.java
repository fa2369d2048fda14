/** Tests of credentials towards clouds. Start reading at {@code RenewalTest}. */
@NullMarked
package io.triport.identity.workload;

import org.jspecify.annotations.NullMarked;
