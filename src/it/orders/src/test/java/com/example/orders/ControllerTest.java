package com.example.orders;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.MockMvc;

/** A test of the web layer alone has no part of Pushwire, and needs no mock of it. */
@WebMvcTest(HomeController.class)
class ControllerTest {
    @Autowired
    private MockMvc mvc;

    @Test
    void startsWithoutPushwire() throws Exception {
        mvc.perform(get("/")).andExpect(status().isOk());
    }
}
