package com.example.orders;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;

/** Without a server. */
@SpringBootTest
@AutoConfigureMockMvc
class MockTest {
    @Autowired
    private MockMvc mvc;

    @Test
    void theApplicationsPagesAreThere() throws Exception {
        mvc.perform(get("/")).andExpect(content().string("the shop"));
    }
}
