/** Tests of requests signed with Signature Version 4. Start reading at {@code AwsSuiteTest}. */
@NullMarked
package io.triport.identity.sigv4;

import org.jspecify.annotations.NullMarked;
