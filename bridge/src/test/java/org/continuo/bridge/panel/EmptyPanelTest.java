package org.continuo.bridge.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** For how long nobody has been at the panel: an engine that was asked to leaves after that. */
class EmptyPanelTest extends PanelFixture {
    @Test
    void aBrowserThatWasGivenAnAddressIsWaitedForUntilItHasBeenThere() throws Exception {
        assertTrue(panel.emptyFor() > 0, "nobody has come");
        URI address = URI.create(panel.addressToOpen());
        assertEquals(0, panel.emptyFor(), "it is on its way");
        assertTrue(raw(request("GET " + address.getPath(), host())).startsWith("HTTP/1.1 303 "));
        await("it to have gone", () -> panel.emptyFor() > 0);
    }
}
