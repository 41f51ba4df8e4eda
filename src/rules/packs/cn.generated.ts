// Made from packs/cn/cn.yaml by scripts/build-packs.mjs. Change that file, not this one.
import type { RulePack } from '../pack.js';

export const CN: RulePack = {
 "kind": "rules",
 "pack": "cn",
 "layer": "forum",
 "force": "mandatory",
 "needs": [
  "evidence.cn"
 ],
 "edges": [
  {
   "name": "buyer-seller",
   "creditor": "buyer",
   "debtor": "seller",
   "perJourney": false,
   "recourse": false,
   "requires": [
    {
     "op": "eq",
     "path": "creditor.consumer",
     "value": "no"
    },
    {
     "op": "eq",
     "path": "goods.sold",
     "value": "yes"
    }
   ]
  },
  {
   "name": "consumer-platform",
   "creditor": "buyer",
   "debtor": "platform",
   "perJourney": false,
   "recourse": false,
   "requires": [
    {
     "op": "eq",
     "path": "creditor.consumer",
     "value": "yes"
    }
   ]
  },
  {
   "name": "consumer-seller",
   "creditor": "buyer",
   "debtor": "seller",
   "perJourney": false,
   "recourse": false,
   "requires": [
    {
     "op": "eq",
     "path": "creditor.consumer",
     "value": "yes"
    },
    {
     "op": "eq",
     "path": "goods.sold",
     "value": "yes"
    }
   ]
  },
  {
   "name": "consumer-streamer",
   "creditor": "buyer",
   "debtor": "streamer",
   "perJourney": false,
   "recourse": false,
   "requires": [
    {
     "op": "eq",
     "path": "creditor.consumer",
     "value": "yes"
    }
   ]
  },
  {
   "name": "operator-carrier",
   "creditor": "contracting",
   "debtor": "leg.holder",
   "perJourney": true,
   "recourse": true,
   "requires": [
    {
     "op": "eq",
     "path": "contract.mode",
     "value": "multimodal"
    }
   ]
  },
  {
   "name": "seller-buyer",
   "creditor": "seller",
   "debtor": "buyer",
   "perJourney": false,
   "recourse": false,
   "requires": []
  },
  {
   "name": "seller-producer",
   "creditor": "seller",
   "debtor": "producer",
   "perJourney": false,
   "recourse": true,
   "requires": [
    {
     "op": "eq",
     "path": "goods.sold",
     "value": "no"
    }
   ]
  },
  {
   "name": "shipper-carrier",
   "creditor": "sender",
   "debtor": "leg.holder",
   "perJourney": true,
   "recourse": true,
   "requires": []
  },
  {
   "name": "shipper-contracting-carrier",
   "creditor": "sender",
   "debtor": "contracting",
   "perJourney": true,
   "recourse": true,
   "requires": []
  },
  {
   "name": "victim-producer",
   "creditor": "buyer",
   "debtor": "producer",
   "perJourney": false,
   "recourse": false,
   "requires": [
    {
     "op": "eq",
     "path": "goods.sold",
     "value": "no"
    }
   ]
  },
  {
   "name": "victim-seller",
   "creditor": "buyer",
   "debtor": "seller",
   "perJourney": false,
   "recourse": false,
   "requires": [
    {
     "op": "eq",
     "path": "goods.sold",
     "value": "no"
    }
   ]
  }
 ],
 "issues": [
  {
   "name": "absent-at-circulation",
   "asks": {
    "en": "did the defect arise after the goods left the producer?",
    "zh": "缺陷是否在产品投入流通之后才产生？"
   },
   "pro": "defendant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "use"
    }
   ],
   "reads": []
  },
  {
   "name": "bad-at-delivery",
   "asks": {
    "en": "was it bad when it was delivered?",
    "zh": "交付时货物是否已损坏？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "delivery"
    }
   ],
   "reads": []
  },
  {
   "name": "bad-at-end",
   "asks": {
    "en": "was it bad when this carrier let it go?",
    "zh": "该承运人交出时货物是否已损坏？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "leg.end"
    }
   ],
   "reads": []
  },
  {
   "name": "bad-at-last-end",
   "asks": {
    "en": "was it bad at delivery?",
    "zh": "送达时货物是否已损坏？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "delivery"
    }
   ],
   "reads": []
  },
  {
   "name": "bad-at-pickup",
   "asks": {
    "en": "was it bad when the carrier took it?",
    "zh": "承运人揽收时货物是否已损坏？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "pickup"
    }
   ],
   "reads": []
  },
  {
   "name": "bad-at-return-receipt",
   "asks": {
    "en": "was it bad when it came back?",
    "zh": "退回收货时货物是否已损坏？"
   },
   "pro": "seller",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "return-receipt"
    }
   ],
   "reads": []
  },
  {
   "name": "caused-by-use",
   "asks": {
    "en": "did use after delivery cause it?",
    "zh": "是否因交付后的使用造成？"
   },
   "pro": "seller",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "use"
    }
   ],
   "reads": []
  },
  {
   "name": "clean-when-sent",
   "asks": {
    "en": "was it good when the seller packed it?",
    "zh": "卖方包装时货物是否完好？"
   },
   "pro": "seller",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "good",
     "boundary": "packing"
    }
   ],
   "reads": []
  },
  {
   "name": "defect-at-delivery",
   "asks": {
    "en": "was the defect there when risk passed?",
    "zh": "风险转移时瑕疵是否已经存在？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "delivery"
    },
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "manufacture"
    }
   ],
   "reads": [
    "defective"
   ]
  },
  {
   "name": "defect-caused",
   "asks": {
    "en": "did a defect of the goods cause it?",
    "zh": "损害是否由产品缺陷造成？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "manufacture"
    }
   ],
   "reads": []
  },
  {
   "name": "defective",
   "asks": {
    "en": "is there a defect?",
    "zh": "是否存在瑕疵？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "prima-facie",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "seen",
     "value": "bad"
    }
   ],
   "reads": []
  },
  {
   "name": "fault-tested",
   "asks": {
    "en": "does whoever saw or tested it find the fault?",
    "zh": "查看或检验是否发现该瑕疵？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "seen",
     "value": "bad"
    },
    {
     "shows": "state",
     "value": "bad",
     "boundary": "delivery"
    }
   ],
   "reads": []
  },
  {
   "name": "force-majeure",
   "asks": {
    "en": "was it force majeure?",
    "zh": "是否因不可抗力造成？"
   },
   "pro": "defendant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "incident",
     "code": "force-majeure"
    }
   ],
   "reads": []
  },
  {
   "name": "fraud",
   "asks": {
    "en": "is it beyond doubt that the goods were not what they were sold as?",
    "zh": "商品与所售不符是否已排除合理怀疑？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "beyond-doubt",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "delivery"
    }
   ],
   "reads": []
  },
  {
   "name": "fraud-doubted",
   "asks": {
    "en": "does anything of weight speak for the seller?",
    "zh": "是否有具分量的证据支持卖方？"
   },
   "pro": "seller",
   "burden": "pro",
   "standard": "prima-facie",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "good",
     "boundary": "delivery"
    }
   ],
   "reads": []
  },
  {
   "name": "good-at-first-start",
   "asks": {
    "en": "was it good at pickup?",
    "zh": "揽收时货物是否完好？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "good",
     "boundary": "pickup"
    }
   ],
   "reads": []
  },
  {
   "name": "good-at-start",
   "asks": {
    "en": "was it good when this carrier took it?",
    "zh": "该承运人接收时货物是否完好？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "good",
     "boundary": "leg.start"
    }
   ],
   "reads": []
  },
  {
   "name": "got-it",
   "asks": {
    "en": "did the recipient get the goods?",
    "zh": "收件人是否收到货物？"
   },
   "pro": "defendant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "receipt"
    }
   ],
   "reads": []
  },
  {
   "name": "handed-over",
   "asks": {
    "en": "was the item in this carrier's hands?",
    "zh": "货物是否曾在该承运人手中？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "custody"
    }
   ],
   "reads": []
  },
  {
   "name": "harm-shown",
   "asks": {
    "en": "was another thing harmed?",
    "zh": "其他财产是否受到损害？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "seen",
     "value": "bad"
    }
   ],
   "reads": []
  },
  {
   "name": "intact-at-return-pickup",
   "asks": {
    "en": "was it intact when it was fetched for the return?",
    "zh": "退货揽收时货物是否完好？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "good",
     "boundary": "return-pickup"
    }
   ],
   "reads": []
  },
  {
   "name": "intact-on-return",
   "asks": {
    "en": "did it come back intact?",
    "zh": "退回时货物是否完好？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "good",
     "boundary": "return-receipt"
    }
   ],
   "reads": []
  },
  {
   "name": "late-notice",
   "asks": {
    "en": "was notice given too late?",
    "zh": "是否逾期通知？"
   },
   "pro": "seller",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [],
   "reads": []
  },
  {
   "name": "nature-of-goods",
   "asks": {
    "en": "was it the nature of the goods?",
    "zh": "是否因货物本身的自然性质或合理损耗造成？"
   },
   "pro": "defendant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "incident",
     "code": "nature"
    },
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "nature"
    },
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "manufacture"
    }
   ],
   "reads": []
  },
  {
   "name": "not-the-original",
   "asks": {
    "en": "is what came back another item?",
    "zh": "退回的是否并非原物？"
   },
   "pro": "seller",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "return-receipt"
    }
   ],
   "reads": []
  },
  {
   "name": "packing-caused",
   "asks": {
    "en": "did the packing cause it?",
    "zh": "是否因包装不当造成？"
   },
   "pro": "defendant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "packing"
    }
   ],
   "reads": []
  },
  {
   "name": "said-delivered",
   "asks": {
    "en": "does anything of weight say that it was delivered?",
    "zh": "是否有具分量的证据表明已经交付？"
   },
   "pro": "defendant",
   "burden": "pro",
   "standard": "prima-facie",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "delivery"
    }
   ],
   "reads": []
  },
  {
   "name": "same-thing-tested",
   "asks": {
    "en": "is what was tested what was delivered?",
    "zh": "所检物品是否即为交付之物？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "prima-facie",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "delivery"
    }
   ],
   "reads": []
  },
  {
   "name": "seller-disclosed",
   "asks": {
    "en": "was it shown who the seller is?",
    "zh": "是否已标明实际销售者？"
   },
   "pro": "defendant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "disclosed",
     "code": "seller"
    }
   ],
   "reads": []
  },
  {
   "name": "seller-knew",
   "asks": {
    "en": "did the seller know, or have to know?",
    "zh": "出卖人是否知道或者应当知道？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "packing"
    }
   ],
   "reads": []
  }
 ],
 "measures": [
  {
   "name": "treble",
   "says": {
    "en": "three times the price, and not less than 500 yuan",
    "zh": "价款的三倍，不足五百元的为五百元"
   },
   "base": "price",
   "times": [
    3,
    1
   ],
   "minimumMinor": 50000,
   "currency": "CNY"
  }
 ],
 "steps": [
  "measure",
  "diminish",
  "salvage",
  "share",
  "cap",
  "deduct",
  "freight",
  "interest",
  "round"
 ],
 "silent": [],
 "rules": [
  {
   "id": "CN-03",
   "says": {
    "en": "Durable goods, defect discovered within six months of receipt: the seller must prove there was none, or that use caused it.",
    "zh": "耐用商品自接受之日起六个月内发现瑕疵的，由经营者就不存在瑕疵或者瑕疵系使用造成承担举证责任。"
   },
   "cite": [
    {
     "source": "cn.consumer-law",
     "article": "23(3)",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2014-03-15",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "goods.durable",
     "value": "yes"
    },
    {
     "op": "within",
     "event": "event.discovered",
     "period": {
      "count": 6,
      "unit": "months"
     },
     "of": "event.received"
    },
    {
     "op": "issue",
     "issue": "defective",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [
    {
     "op": "issue",
     "issue": "caused-by-use",
     "edge": null,
     "is": "found"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "presume",
    "issue": "defect-at-delivery",
    "is": "found",
    "rebut": "contrary",
    "weight": 0,
    "standard": "high"
   }
  },
  {
   "id": "CN-04",
   "says": {
    "en": "Goods that did not conform when risk passed: the seller answers to the consumer.",
    "zh": "商品交付时不符合质量要求的，经营者应当向消费者承担责任。"
   },
   "cite": [
    {
     "source": "cn.consumer-law",
     "article": "24",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2014-03-15",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "defect-at-delivery",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [
    {
     "op": "eq",
     "path": "damage.packaging-only",
     "value": "yes"
    },
    {
     "op": "all",
     "of": [
      {
       "op": "eq",
       "path": "carrier.chosen-by",
       "value": "buyer"
      },
      {
       "op": "in",
       "path": "damage.kind",
       "values": [
        "cold",
        "heat",
        "loss",
        "shock",
        "soiling",
        "unknown",
        "wet"
       ]
      },
      {
       "op": "not",
       "of": {
        "op": "issue",
        "issue": "bad-at-pickup",
        "edge": null,
        "is": "found"
       }
      }
     ]
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "consumer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-04c",
   "says": {
    "en": "A counterfeit, by a test of the very thing that was delivered: the seller answers to the consumer.",
    "zh": "经检验所交付之物为假冒商品的，经营者应当向消费者承担责任。"
   },
   "cite": [
    {
     "source": "cn.consumer-law",
     "article": "24",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "617",
     "verified": false
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.aspect",
     "value": "authenticity"
    },
    {
     "op": "issue",
     "issue": "fault-tested",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "same-thing-tested",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "consumer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-05",
   "says": {
    "en": "Sent back within seven days without a reason and intact, or harmed only while the seller's own carrier had it: the price is refunded.",
    "zh": "自收到商品之日起七日内无理由退货且商品完好的，或者仅在卖方一侧的承运人处受损的，经营者应当返还价款。"
   },
   "cite": [
    {
     "source": "cn.consumer-law",
     "article": "25",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2014-03-15",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "sale.distance",
     "value": "yes"
    },
    {
     "op": "shown",
     "of": {
      "op": "has",
      "predicate": "returned",
      "code": "received",
      "against": "seller",
      "grade": 1
     },
     "by": "buyer"
    },
    {
     "op": "any",
     "of": [
      {
       "op": "within",
       "event": "event.return-asked",
       "period": {
        "count": 7,
        "unit": "days"
       },
       "of": "event.received"
      },
      {
       "op": "within",
       "event": "event.return-asked",
       "period": {
        "count": 7,
        "unit": "days"
       },
       "of": "event.delivered"
      },
      {
       "op": "shown",
       "of": {
        "op": "has",
        "predicate": "returned",
        "code": "approved",
        "against": "seller",
        "grade": 4
       },
       "by": "buyer"
      }
     ]
    },
    {
     "op": "any",
     "of": [
      {
       "op": "issue",
       "issue": "intact-on-return",
       "edge": null,
       "is": "found"
      },
      {
       "op": "all",
       "of": [
        {
         "op": "issue",
         "issue": "intact-at-return-pickup",
         "edge": null,
         "is": "found"
        },
        {
         "op": "any",
         "of": [
          {
           "op": "eq",
           "path": "return.chosen-by",
           "value": "seller"
          },
          {
           "op": "some",
           "over": "leg",
           "of": {
            "op": "acts-for",
            "agent": "leg.holder",
            "principal": "seller"
           }
          }
         ]
        }
       ]
      }
     ]
    }
   ],
   "unless": [
    {
     "op": "agreed",
     "term": "exclusions"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "consumer-seller",
    "as": "principal",
    "head": "refund",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-05r",
   "says": {
    "en": "A return asked for within seven days that the seller refused to take back: whether the goods are intact nobody has seen, so a person decides.",
    "zh": "七日内提出退货而经营者拒绝接收的，商品是否完好尚无人查验：由人工判断。"
   },
   "cite": [
    {
     "source": "cn.consumer-law",
     "article": "25",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2014-03-15",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "sale.distance",
     "value": "yes"
    },
    {
     "op": "shown",
     "of": {
      "op": "has",
      "predicate": "returned",
      "code": "refused",
      "against": "seller",
      "grade": 4
     },
     "by": "buyer"
    },
    {
     "op": "not",
     "of": {
      "op": "shown",
      "of": {
       "op": "has",
       "predicate": "returned",
       "code": "received",
       "against": "seller",
       "grade": 1
      },
      "by": "buyer"
     }
    },
    {
     "op": "any",
     "of": [
      {
       "op": "within",
       "event": "event.return-asked",
       "period": {
        "count": 7,
        "unit": "days"
       },
       "of": "event.received"
      },
      {
       "op": "within",
       "event": "event.return-asked",
       "period": {
        "count": 7,
        "unit": "days"
       },
       "of": "event.delivered"
      }
     ]
    }
   ],
   "unless": [
    {
     "op": "agreed",
     "term": "exclusions"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "consumer-seller",
    "head": "refund",
    "because": "discretion"
   }
  },
  {
   "id": "CN-06c",
   "says": {
    "en": "Whether it came back intact is shown by neither side, and who has to show it is contested: a person decides.",
    "zh": "退回时是否完好，双方均未能证明，且由谁举证存在争议：由人工判断。"
   },
   "cite": [
    {
     "source": "cn.consumer-law",
     "article": "25",
     "verified": true
    },
    {
     "source": "cn.seven-day-return-measures",
     "article": "9",
     "verified": false
    }
   ],
   "status": "contested",
   "inForce": {
    "from": "2017-03-15",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "sale.distance",
     "value": "yes"
    },
    {
     "op": "shown",
     "of": {
      "op": "has",
      "predicate": "returned",
      "code": "received",
      "against": "seller",
      "grade": 1
     },
     "by": "buyer"
    },
    {
     "op": "any",
     "of": [
      {
       "op": "within",
       "event": "event.return-asked",
       "period": {
        "count": 7,
        "unit": "days"
       },
       "of": "event.received"
      },
      {
       "op": "within",
       "event": "event.return-asked",
       "period": {
        "count": 7,
        "unit": "days"
       },
       "of": "event.delivered"
      },
      {
       "op": "shown",
       "of": {
        "op": "has",
        "predicate": "returned",
        "code": "approved",
        "against": "seller",
        "grade": 4
       },
       "by": "buyer"
      }
     ]
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "intact-on-return",
      "edge": null,
      "is": "found"
     }
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "intact-at-return-pickup",
      "edge": null,
      "is": "found"
     }
    },
    {
     "op": "not",
     "of": {
      "op": "all",
      "of": [
       {
        "op": "issue",
        "issue": "bad-at-return-receipt",
        "edge": null,
        "is": "found"
       },
       {
        "op": "issue",
        "issue": "clean-when-sent",
        "edge": null,
        "is": "found"
       }
      ]
     }
    }
   ],
   "unless": [
    {
     "op": "agreed",
     "term": "exclusions"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "consumer-seller",
    "head": "refund",
    "because": "discretion"
   }
  },
  {
   "id": "CN-08",
   "says": {
    "en": "Broken at delivery: the risk of transit is the seller's, unless the consumer chose the carrier.",
    "zh": "交付时已损坏的，运输风险由经营者承担，但消费者另行选择快递物流服务提供者的除外。"
   },
   "cite": [
    {
     "source": "cn.e-commerce-law",
     "article": "20",
     "verified": true
    },
    {
     "source": "cn.e-commerce-law",
     "article": "51",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "512",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2019-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "bad-at-delivery",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [
    {
     "op": "eq",
     "path": "damage.packaging-only",
     "value": "yes"
    },
    {
     "op": "eq",
     "path": "carrier.chosen-by",
     "value": "buyer"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "consumer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-08l",
   "says": {
    "en": "Lost, and not shown to have been delivered as agreed: whoever has to deliver has to show that it did, so the seller bears the loss.",
    "zh": "货物丢失且未能证明已按约定交付的，交付的举证责任由经营者承担，损失由经营者承担。"
   },
   "cite": [
    {
     "source": "cn.e-commerce-law",
     "article": "20",
     "verified": true
    },
    {
     "source": "cn.e-commerce-law",
     "article": "51",
     "verified": true
    },
    {
     "source": "cn.cpl-interpretation",
     "article": "91",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2019-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "loss"
    },
    {
     "op": "in",
     "path": "carrier.chosen-by",
     "values": [
      "carrier",
      "contracting-carrier",
      "importer",
      "operator",
      "platform",
      "producer",
      "seller",
      "streamer",
      "warehouse"
     ]
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "got-it",
      "edge": null,
      "is": "found"
     }
    },
    {
     "op": "any",
     "of": [
      {
       "op": "not",
       "of": {
        "op": "issue",
        "issue": "said-delivered",
        "edge": null,
        "is": "found"
       }
      },
      {
       "op": "left-without-consent"
      }
     ]
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "consumer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-08p",
   "says": {
    "en": "Only the packaging was broken at delivery: the seller makes good the packaging, not the goods.",
    "zh": "交付时仅包装损坏的，经营者仅就包装承担责任，不及于商品本身。"
   },
   "cite": [
    {
     "source": "cn.e-commerce-law",
     "article": "20",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "512",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2019-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.packaging-only",
     "value": "yes"
    },
    {
     "op": "issue",
     "issue": "bad-at-delivery",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [
    {
     "op": "eq",
     "path": "carrier.chosen-by",
     "value": "buyer"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "consumer-seller",
    "as": "principal",
    "head": "packaging",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-08r",
   "says": {
    "en": "Refused at the door: it was not delivered, and whether it was refused rightly a person decides.",
    "zh": "收件人当场拒收的，未完成交付；拒收是否正当，由人工判断。"
   },
   "cite": [
    {
     "source": "cn.e-commerce-law",
     "article": "20",
     "verified": true
    },
    {
     "source": "cn.e-commerce-law",
     "article": "51",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "delivery-refused"
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "got-it",
      "edge": null,
      "is": "found"
     }
    }
   ],
   "unless": [
    {
     "op": "eq",
     "path": "carrier.chosen-by",
     "value": "buyer"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "consumer-seller",
    "head": "loss",
    "because": "discretion"
   }
  },
  {
   "id": "CN-08w",
   "says": {
    "en": "Lost; somebody else recorded a delivery that the recipient did not sign: a person decides whom to believe.",
    "zh": "货物丢失，他人记录已交付而收件人未签收的：由人工判断。"
   },
   "cite": [
    {
     "source": "cn.e-commerce-law",
     "article": "51",
     "verified": true
    },
    {
     "source": "cn.cpl-interpretation",
     "article": "108",
     "verified": true
    }
   ],
   "status": "contested",
   "inForce": {
    "from": "2019-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "loss"
    },
    {
     "op": "in",
     "path": "carrier.chosen-by",
     "values": [
      "carrier",
      "contracting-carrier",
      "importer",
      "operator",
      "platform",
      "producer",
      "seller",
      "streamer",
      "warehouse"
     ]
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "got-it",
      "edge": null,
      "is": "found"
     }
    },
    {
     "op": "issue",
     "issue": "said-delivered",
     "edge": null,
     "is": "found"
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "bad-at-delivery",
      "edge": null,
      "is": "found"
     }
    }
   ],
   "unless": [
    {
     "op": "left-without-consent"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "consumer-seller",
    "head": "loss",
    "because": "discretion"
   }
  },
  {
   "id": "CN-09",
   "says": {
    "en": "Who undertook to record and shows no complete recording is presumed to have let it go damaged.",
    "zh": "承诺记录而未能提供完整记录的，推定货物在其交出时已经损坏。"
   },
   "cite": [
    {
     "source": "cn.e-commerce-law",
     "article": "62",
     "verified": true
    },
    {
     "source": "cn.spc-evidence-rules-2019",
     "article": "95",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2020-05-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "bad-at-last-end",
     "edge": null,
     "is": "found"
    },
    {
     "op": "undertaken",
     "what": "log",
     "by": "leg.holder"
    },
    {
     "op": "not",
     "of": {
      "op": "shown",
      "of": {
       "op": "covered",
       "quantity": "acceleration"
      },
      "by": "leg.holder"
     }
    }
   ],
   "unless": [
    {
     "op": "incident",
     "code": "battery",
     "by": "leg.holder"
    },
    {
     "op": "shown",
     "of": {
      "op": "shock",
      "how": "beyond",
      "limits": "agreed.handling-envelope"
     },
     "by": "claimant"
    },
    {
     "op": "shown",
     "of": {
      "op": "shock",
      "how": "beyond",
      "limits": "packaging.declared-fragility"
     },
     "by": "claimant"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "adverse",
    "issue": "bad-at-end",
    "is": "found",
    "weight": 3
   }
  },
  {
   "id": "CN-10",
   "says": {
    "en": "A platform that cannot say who the seller is pays in its place.",
    "zh": "网络交易平台不能提供销售者的真实名称、地址和有效联系方式的，由平台先行赔偿。"
   },
   "cite": [
    {
     "source": "cn.consumer-law",
     "article": "44",
     "verified": true
    },
    {
     "source": "cn.e-commerce-law",
     "article": "38",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2019-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-platform"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "claim.pleaded",
     "value": "yes"
    },
    {
     "op": "edge",
     "edge": "consumer-seller",
     "ofLegHolder": false,
     "is": "liable"
    }
   ],
   "unless": [],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "seller-disclosed",
     "standard": "high",
     "someLeg": false,
     "from": null
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "consumer-platform",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-11",
   "says": {
    "en": "Bought in a live-stream room that does not show who sells: its operator answers as the seller does.",
    "zh": "直播间运营者未能证明已标明其并非销售者并标明实际销售者的，承担商品销售者责任。"
   },
   "cite": [
    {
     "source": "cn.spc-online-consumption-2022",
     "article": "12",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2022-03-15",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-streamer"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "edge",
     "edge": "consumer-seller",
     "ofLegHolder": false,
     "is": "liable"
    }
   ],
   "unless": [],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "seller-disclosed",
     "standard": "high",
     "someLeg": false,
     "from": null
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "consumer-streamer",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-11h",
   "says": {
    "en": "Harm by goods bought in a live-stream room that does not show who sells: its operator answers as the seller does.",
    "zh": "直播间所售商品造成损害，运营者未能证明已标明实际销售者的，承担商品销售者责任。"
   },
   "cite": [
    {
     "source": "cn.spc-online-consumption-2022",
     "article": "12",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2022-03-15",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-streamer"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "edge",
     "edge": "victim-seller",
     "ofLegHolder": false,
     "is": "liable"
    }
   ],
   "unless": [],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "seller-disclosed",
     "standard": "high",
     "someLeg": false,
     "from": null
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "consumer-streamer",
    "as": "principal",
    "head": "harm",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-12",
   "says": {
    "en": "Fraud, beyond reasonable doubt: three times the price.",
    "zh": "经营者提供商品有欺诈行为、已排除合理怀疑的，增加赔偿价款的三倍。"
   },
   "cite": [
    {
     "source": "cn.consumer-law",
     "article": "55(1)",
     "verified": true
    },
    {
     "source": "cn.cpl-interpretation",
     "article": "109",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2014-03-15",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "fraud",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "consumer-seller",
    "as": "principal",
    "head": "punitive",
    "mode": "sole",
    "measure": "treble",
    "with": null
   }
  },
  {
   "id": "CN-12r",
   "says": {
    "en": "What was sold is not what was said, and nothing of weight speaks for the seller: whether it meant to deceive is for a person.",
    "zh": "商品与所称不符，且无具分量的证据支持卖方：是否存在欺诈故意，由人工判断。"
   },
   "cite": [
    {
     "source": "cn.consumer-law",
     "article": "55(1)",
     "verified": true
    },
    {
     "source": "cn.spc-evidence-rules-2019",
     "article": "86",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2014-03-15",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "defect-at-delivery",
     "edge": null,
     "is": "found"
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "fraud-doubted",
      "edge": null,
      "is": "found"
     }
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "consumer-seller",
    "head": "punitive",
    "because": "punitive"
   }
  },
  {
   "id": "CN-13",
   "says": {
    "en": "A defect harmed other things: the producer answers, unless it proves that the defect came later.",
    "zh": "产品缺陷造成他人其他财产损害的，生产者承担赔偿责任，但证明产品投入流通时缺陷尚不存在的除外。"
   },
   "cite": [
    {
     "source": "cn.product-quality-law",
     "article": "41",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "1202",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "victim-producer"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "harm-shown",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "defect-caused",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "absent-at-circulation",
     "standard": "high",
     "someLeg": false,
     "from": null
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "victim-producer",
    "as": "principal",
    "head": "harm",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-13r",
   "says": {
    "en": "A seller that paid for the producer's defect has recourse to the producer.",
    "zh": "缺陷由生产者造成的，销售者赔偿后有权向生产者追偿。"
   },
   "cite": [
    {
     "source": "cn.product-quality-law",
     "article": "43",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "1203",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "seller-producer"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "edge",
     "edge": "victim-producer",
     "ofLegHolder": false,
     "is": "liable"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "seller-producer",
    "as": "principal",
    "head": "harm",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-13s",
   "says": {
    "en": "Whoever was harmed by a defect may claim from the seller as well as from the producer.",
    "zh": "因产品缺陷受到损害的，被侵权人可以向生产者请求赔偿，也可以向销售者请求赔偿。"
   },
   "cite": [
    {
     "source": "cn.product-quality-law",
     "article": "43",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "1203",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "victim-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "harm-shown",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "defect-caused",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "victim-seller",
    "as": "principal",
    "head": "harm",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-14",
   "says": {
    "en": "A seller that names neither the producer nor its supplier answers for the defect.",
    "zh": "销售者不能指明缺陷产品的生产者也不能指明供货者的，应当承担赔偿责任。"
   },
   "cite": [
    {
     "source": "cn.product-quality-law",
     "article": "42(2)",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2000-09-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "victim-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "producer.named",
     "value": "no"
    },
    {
     "op": "issue",
     "issue": "harm-shown",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "defect-caused",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "victim-seller",
    "as": "principal",
    "head": "harm",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-15",
   "says": {
    "en": "Between merchants the seller answers for what was wrong when the first carrier took the goods.",
    "zh": "经营者之间买卖，货物交付第一承运人时已不符合约定的，出卖人承担违约责任。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "607",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "611",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "617",
     "verified": false
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "bad-at-pickup",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "buyer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-15h",
   "says": {
    "en": "Between merchants the seller answers for a hidden fault that was in the goods when they were delivered.",
    "zh": "经营者之间买卖，标的物交付时存在隐蔽瑕疵的，出卖人承担违约责任。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "611",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "617",
     "verified": false
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "latent"
    },
    {
     "op": "issue",
     "issue": "defect-at-delivery",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "buyer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-16",
   "says": {
    "en": "No notice within the period: the goods count as conforming, unless the seller knew better.",
    "zh": "买受人未在检验期限内通知的，视为标的物符合约定，但出卖人知道或者应当知道不符合约定的除外。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "621",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "late-notice",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [
    {
     "by": "buyer",
     "issue": "seller-knew",
     "standard": "high",
     "someLeg": false,
     "from": null
    }
   ],
   "effect": {
    "kind": "bar",
    "edge": "buyer-seller",
    "head": null
   }
  },
  {
   "id": "CN-16d",
   "says": {
    "en": "Notice after the days that both sides signed is late.",
    "zh": "超过双方约定的检验期限通知的，为逾期通知。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "621",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "notice-late"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "argue",
    "issue": "late-notice",
    "side": "pro",
    "gradeFrom": [
     "agreed.noticeDays"
    ]
   }
  },
  {
   "id": "CN-16r",
   "says": {
    "en": "Where no days are agreed notice is due in a reasonable time, which a person has to judge.",
    "zh": "未约定检验期限的，应当在合理期限内通知；是否合理，由人判断。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "621",
     "verified": true
    },
    {
     "source": "cn.spc-sales-interpretation",
     "article": "12",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "not",
     "of": {
      "op": "agreed",
      "term": "noticeDays"
     }
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "late-notice",
      "edge": null,
      "is": "not-raised"
     }
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "seller-knew",
      "edge": null,
      "is": "found"
     }
    }
   ],
   "unless": [
    {
     "op": "elapsed",
     "event": "event.notified",
     "period": {
      "count": 2,
      "unit": "years"
     },
     "after": "event.received"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "buyer-seller",
    "head": null,
    "because": "reasonable-time"
   }
  },
  {
   "id": "CN-16y",
   "says": {
    "en": "No notice within two years of receipt is late in any case.",
    "zh": "自收到标的物之日起二年内未通知的，视为逾期。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "621",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "elapsed",
     "event": "event.notified",
     "period": {
      "count": 2,
      "unit": "years"
     },
     "after": "event.received"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "presume",
    "issue": "late-notice",
    "is": "found",
    "rebut": "conclusive",
    "weight": 0,
    "standard": null
   }
  },
  {
   "id": "CN-17",
   "says": {
    "en": "Agreed days too short for a hidden fault count for apparent faults only.",
    "zh": "约定的检验期限过短，不足以发现隐蔽瑕疵的，该期限仅视为对外观瑕疵的异议期限。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "622",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "latent"
    },
    {
     "op": "within",
     "event": "event.notified",
     "period": {
      "count": 2,
      "unit": "years"
     },
     "of": "event.received"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "presume",
    "issue": "late-notice",
    "is": "not-found",
    "rebut": "conclusive",
    "weight": 0,
    "standard": null
   }
  },
  {
   "id": "CN-18",
   "says": {
    "en": "Between merchants who agreed no days, a note signed without objection counts as having checked quantity and looks.",
    "zh": "经营者之间未约定检验期限，买受人无异议签收的，推定已对数量和外观瑕疵进行检验。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "623",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "buyer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "signed-off"
    },
    {
     "op": "not",
     "of": {
      "op": "agreed",
      "term": "noticeDays"
     }
    }
   ],
   "unless": [
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "latent"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "presume",
    "issue": "bad-at-pickup",
    "is": "not-found",
    "rebut": "contrary",
    "weight": 3,
    "standard": null
   }
  },
  {
   "id": "CN-19",
   "says": {
    "en": "Damaged in carriage: the carrier answers, unless it proves force majeure, the nature of the goods or the sender's packing.",
    "zh": "货物在运输过程中毁损的，承运人承担赔偿责任，但证明因不可抗力、货物本身的自然性质或者托运人包装过错造成的除外。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "832",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "833",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "handed-over",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "good-at-start",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "bad-at-end",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [
    {
     "op": "eq",
     "path": "damage.packaging-only",
     "value": "yes"
    },
    {
     "op": "eq",
     "path": "contract.mode",
     "value": "multimodal"
    }
   ],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "force-majeure",
     "standard": "high",
     "someLeg": false,
     "from": null
    },
    {
     "by": "defendant",
     "issue": "nature-of-goods",
     "standard": "high",
     "someLeg": false,
     "from": null
    },
    {
     "by": "defendant",
     "issue": "packing-caused",
     "standard": "high",
     "someLeg": false,
     "from": "CN-23"
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "shipper-carrier",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-19l",
   "says": {
    "en": "Lost in carriage: the carrier took it over, nobody is shown to have taken it from there, and it answers unless it proves force majeure.",
    "zh": "货物在运输过程中灭失，承运人已接收而未表明有人自其接收的，由承运人承担赔偿责任，但证明因不可抗力造成的除外。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "832",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "833",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "loss"
    },
    {
     "op": "leg-ends",
     "boundary": "nowhere"
    },
    {
     "op": "issue",
     "issue": "handed-over",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [
    {
     "op": "eq",
     "path": "contract.mode",
     "value": "multimodal"
    }
   ],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "force-majeure",
     "standard": "high",
     "someLeg": false,
     "from": null
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "shipper-carrier",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-19p",
   "says": {
    "en": "Only the packaging was damaged in carriage: the carrier answers for the packaging.",
    "zh": "运输过程中仅包装受损的，承运人仅就包装承担赔偿责任。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "832",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "833",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.packaging-only",
     "value": "yes"
    },
    {
     "op": "issue",
     "issue": "handed-over",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "good-at-start",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "bad-at-end",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "force-majeure",
     "standard": "high",
     "someLeg": false,
     "from": null
    },
    {
     "by": "defendant",
     "issue": "packing-caused",
     "standard": "high",
     "someLeg": false,
     "from": "CN-23"
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "shipper-carrier",
    "as": "principal",
    "head": "packaging",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-19t",
   "says": {
    "en": "Warmer on the leg, by mean kinetic temperature, than the goods may be stored: they left it spoilt.",
    "zh": "该区段的平均动力学温度超过货物的储存限度的，认定货物在其交出时已经变质。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "832",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.aspect",
     "value": "temperature"
    },
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "heat"
    },
    {
     "op": "kinetic-mean",
     "how": "beyond",
     "limits": "declared.storage-limits"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "argue",
    "issue": "bad-at-end",
    "side": "pro",
    "gradeFrom": [
     "sensor"
    ]
   }
  },
  {
   "id": "CN-19w",
   "says": {
    "en": "Lost; the carrier recorded a delivery that the recipient did not sign: a person decides whom to believe.",
    "zh": "货物灭失，承运人记录已交付而收件人未签收的：由人工判断。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "832",
     "verified": true
    },
    {
     "source": "cn.cpl-interpretation",
     "article": "108",
     "verified": true
    }
   ],
   "status": "contested",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "loss"
    },
    {
     "op": "leg-ends",
     "boundary": "delivery"
    },
    {
     "op": "issue",
     "issue": "handed-over",
     "edge": null,
     "is": "found"
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "got-it",
      "edge": null,
      "is": "found"
     }
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "bad-at-end",
      "edge": null,
      "is": "found"
     }
    }
   ],
   "unless": [
    {
     "op": "left-without-consent"
    },
    {
     "op": "eq",
     "path": "contract.mode",
     "value": "multimodal"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "refer",
    "edge": "shipper-carrier",
    "head": "loss",
    "because": "discretion"
   }
  },
  {
   "id": "CN-20",
   "says": {
    "en": "The consignee raised no objection: prima facie the last carrier delivered as documented.",
    "zh": "收货人在约定期限或者合理期限内未提出异议的，视为承运人已经按照运输单证的记载交付的初步证据。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "831",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "leg-ends",
     "boundary": "delivery"
    },
    {
     "op": "signed-off"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "presume",
    "issue": "bad-at-end",
    "is": "not-found",
    "rebut": "contrary",
    "weight": 3,
    "standard": null
   }
  },
  {
   "id": "CN-21",
   "says": {
    "en": "Damage located on one leg of the same mode: the contracting carrier answers jointly with that leg's carrier.",
    "zh": "损失发生在某一运输区段的，与托运人订立合同的承运人和该区段的承运人承担连带责任。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "834",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [
    "CN-21a",
    "CN-21l"
   ],
   "claims": [
    "shipper-contracting-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "eq-path",
     "path": "leg.mode",
     "other": "contract.mode"
    },
    {
     "op": "edge",
     "edge": "shipper-carrier",
     "ofLegHolder": true,
     "is": "liable"
    }
   ],
   "unless": [
    {
     "op": "eq",
     "path": "contract.mode",
     "value": "multimodal"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "shipper-contracting-carrier",
    "as": "principal",
    "head": "loss",
    "mode": "joint-and-several",
    "measure": null,
    "with": "leg.holder"
   }
  },
  {
   "id": "CN-21a",
   "says": {
    "en": "Damaged between pickup and delivery: the contracting carrier answers for the whole carriage.",
    "zh": "订立合同的承运人应当对全程运输承担责任。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "834",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-contracting-carrier"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "good-at-first-start",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "bad-at-last-end",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [
    {
     "op": "eq",
     "path": "damage.packaging-only",
     "value": "yes"
    },
    {
     "op": "eq",
     "path": "contract.mode",
     "value": "multimodal"
    }
   ],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "packing-caused",
     "standard": null,
     "someLeg": true,
     "from": "CN-23"
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "shipper-contracting-carrier",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-21l",
   "says": {
    "en": "Lost on the way: whoever contracted to carry it answers for the whole carriage.",
    "zh": "货物在运输途中灭失的，订立合同的承运人应当对全程运输承担责任。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "832",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "834",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "838",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-contracting-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "loss"
    },
    {
     "op": "leg-ends",
     "boundary": "nowhere"
    },
    {
     "op": "issue",
     "issue": "handed-over",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "force-majeure",
     "standard": "high",
     "someLeg": false,
     "from": null
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "shipper-contracting-carrier",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-22",
   "says": {
    "en": "One contract for several modes of carriage: the operator answers for the whole way.",
    "zh": "多式联运经营人对全程运输承担承运人的义务和赔偿责任。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "838",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "842",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-contracting-carrier"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "contract.mode",
     "value": "multimodal"
    },
    {
     "op": "issue",
     "issue": "good-at-first-start",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "bad-at-last-end",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "force-majeure",
     "standard": null,
     "someLeg": true,
     "from": null
    },
    {
     "by": "defendant",
     "issue": "nature-of-goods",
     "standard": null,
     "someLeg": true,
     "from": null
    },
    {
     "by": "defendant",
     "issue": "packing-caused",
     "standard": null,
     "someLeg": true,
     "from": "CN-23"
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "shipper-contracting-carrier",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-22m",
   "says": {
    "en": "Damage located at sea: 666.67 special drawing rights a package or 2 a kilogram, whichever is more.",
    "zh": "损失发生在海运区段的，按每件666.67计算单位或者毛重每公斤2计算单位中较高者限制赔偿责任。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "842",
     "verified": true
    },
    {
     "source": "cn.maritime-code-1993",
     "article": "56",
     "verified": false
    },
    {
     "source": "cn.maritime-code-1993",
     "article": "105",
     "verified": false
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": "2026-04-30"
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-contracting-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "eq",
     "path": "contract.mode",
     "value": "multimodal"
    },
    {
     "op": "eq",
     "path": "leg.regime",
     "value": "maritime"
    },
    {
     "op": "issue",
     "issue": "good-at-start",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "bad-at-end",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "cap",
    "edge": "shipper-contracting-carrier",
    "measure": {
     "choose": "higher",
     "of": [
      {
       "per": "package",
       "rateMinor": 66667,
       "currency": "XDR"
      },
      {
       "per": "kg",
       "rateMinor": 200,
       "currency": "XDR"
      }
     ]
    },
    "brokenBy": null
   }
  },
  {
   "id": "CN-22n",
   "says": {
    "en": "The carrier at sea has the same limit against the operator.",
    "zh": "海运区段的承运人对经营人享有同样的责任限额。"
   },
   "cite": [
    {
     "source": "cn.maritime-code-1993",
     "article": "56",
     "verified": false
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": "2026-04-30"
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "operator-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "eq",
     "path": "leg.regime",
     "value": "maritime"
    },
    {
     "op": "issue",
     "issue": "good-at-start",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "bad-at-end",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "cap",
    "edge": "operator-carrier",
    "measure": {
     "choose": "higher",
     "of": [
      {
       "per": "package",
       "rateMinor": 66667,
       "currency": "XDR"
      },
      {
       "per": "kg",
       "rateMinor": 200,
       "currency": "XDR"
      }
     ]
    },
    "brokenBy": null
   }
  },
  {
   "id": "CN-22r",
   "says": {
    "en": "The operator has recourse to the carrier of the stretch on which the damage happened.",
    "zh": "多式联运经营人赔偿后，有权向损失发生区段的承运人追偿。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "832",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "839",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "operator-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "handed-over",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "good-at-start",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "bad-at-end",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "force-majeure",
     "standard": null,
     "someLeg": false,
     "from": null
    },
    {
     "by": "defendant",
     "issue": "nature-of-goods",
     "standard": null,
     "someLeg": false,
     "from": null
    },
    {
     "by": "defendant",
     "issue": "packing-caused",
     "standard": null,
     "someLeg": false,
     "from": "CN-23"
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "operator-carrier",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-23",
   "says": {
    "en": "Shocks within the agreed handling and beyond what the packed goods were declared to stand: the packing failed.",
    "zh": "冲击未超出约定的搬运条件，却超出所声明的包装耐受限度的，系包装不足所致。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "619",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "827",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "operator-carrier",
    "shipper-carrier",
    "shipper-contracting-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "shock",
     "how": "within",
     "limits": "agreed.handling-envelope"
    },
    {
     "op": "shock",
     "how": "beyond",
     "limits": "packaging.declared-fragility"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "argue",
    "issue": "packing-caused",
    "side": "pro",
    "gradeFrom": [
     "agreed.handlingEnvelope",
     "sensor"
    ]
   }
  },
  {
   "id": "CN-24c",
   "says": {
    "en": "A limit of liability that both signed holds between them.",
    "zh": "双方签署的责任限额在双方之间有效。"
   },
   "cite": [
    {
     "source": "cn.postal-law",
     "article": "45",
     "verified": true
    }
   ],
   "status": "contract",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "contract",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "agreed",
     "term": "liabilityCap"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "cap",
    "edge": "shipper-carrier",
    "measure": {
     "from": "liabilityCap"
    },
    "brokenBy": null
   }
  },
  {
   "id": "CN-25",
   "says": {
    "en": "Left without the recipient's consent and missing: it was not delivered, and the seller bears the loss.",
    "zh": "未经收件人同意投放且货物丢失的，不构成有效交付，损失由经营者承担。"
   },
   "cite": [
    {
     "source": "cn.express-market-measures-2024",
     "article": "28",
     "verified": false
    },
    {
     "source": "cn.e-commerce-law",
     "article": "20",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2024-03-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "loss"
    },
    {
     "op": "left-without-consent"
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "got-it",
      "edge": null,
      "is": "found"
     }
    }
   ],
   "unless": [
    {
     "op": "eq",
     "path": "carrier.chosen-by",
     "value": "buyer"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "consumer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-25r",
   "says": {
    "en": "The carrier that left the goods without consent and cannot show that they were got answers for them.",
    "zh": "承运人未经同意投放且不能证明收件人已收到的，承担货物灭失的赔偿责任。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "832",
     "verified": true
    },
    {
     "source": "cn.express-market-measures-2024",
     "article": "28",
     "verified": false
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "leg-ends",
     "boundary": "delivery"
    },
    {
     "op": "eq",
     "path": "damage.kind",
     "value": "loss"
    },
    {
     "op": "left-without-consent"
    },
    {
     "op": "issue",
     "issue": "handed-over",
     "edge": null,
     "is": "found"
    },
    {
     "op": "not",
     "of": {
      "op": "issue",
      "issue": "got-it",
      "edge": null,
      "is": "found"
     }
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "shipper-carrier",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-28",
   "says": {
    "en": "Another item came back: the refund is repaid.",
    "zh": "退回的并非原物的，买方应当返还退款。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "985",
     "verified": false
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "seller-buyer"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.aspect",
     "value": "identity"
    },
    {
     "op": "issue",
     "issue": "not-the-original",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "seller-buyer",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-29",
   "says": {
    "en": "Damaged on the way back with a courier the buyer chose: the buyer bears it.",
    "zh": "退货途中损坏且由买方选择承运人的，损失由买方承担。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "604",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "607",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "seller-buyer"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "bad-at-return-receipt",
     "edge": null,
     "is": "found"
    },
    {
     "op": "eq",
     "path": "return.chosen-by",
     "value": "buyer"
    }
   ],
   "unless": [
    {
     "op": "some",
     "over": "leg",
     "of": {
      "op": "acts-for",
      "agent": "leg.holder",
      "principal": "seller"
     }
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "seller-buyer",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  }
 ]
};
