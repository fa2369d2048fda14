/** Tests of the TLS of listeners, with certificates made for each. Start reading at {@code TlsSettingsTest}. */
@NullMarked
package io.triport.identity.tls;

import org.jspecify.annotations.NullMarked;
